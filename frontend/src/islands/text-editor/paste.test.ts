// @vitest-environment jsdom
import { expect, test } from "vitest";
import { cleanPaste } from "./paste";

test("keeps the schema's tags and drops attributes", () => {
  expect(cleanPaste('<h2 class="x" onclick="steal()">A</h2><p style="color:red">b<br>c <a href="https://example.org">d</a></p>')).toBe(
    "<h2>A</h2><p>b<br>c d</p>",
  );
});

test("bold and italic are taken from tag or style", () => {
  expect(cleanPaste('<p><b>a</b><i>b</i><span style="font-weight:700;font-style:italic">c</span></p>')).toBe(
    "<p><strong>a</strong><em>b</em><strong><em>c</em></strong></p>",
  );
});

test("words about style stay words", () => {
  expect(cleanPaste('<p>the style = "plain" of a < b</p>')).toBe("<p>the style = \"plain\" of a &lt; b</p>");
});

test("the wrapper that says bold but means normal is not bold", () => {
  expect(cleanPaste('<b style="font-weight:normal"><p>plain</p></b>')).toBe("<p>plain</p>");
});

test("scripts, pictures, comments and metadata never arrive", () => {
  expect(
    cleanPaste('<meta charset="utf-8"><style>p{}</style><!--StartFragment--><p>a<img src=x onerror=steal()><script>steal()</script></p><svg><text>x</text></svg>'),
  ).toBe("<p>a</p>");
});

test("tables and boxes become paragraphs", () => {
  expect(cleanPaste("<div><div>a</div><table><tr><td>b</td><td>c</td></tr></table></div>")).toBe("<p>a</p><p>b</p><p>c</p>");
});

test("deep headings become the deepest of ours", () => {
  expect(cleanPaste("<h4>a</h4><h6>b</h6>")).toBe("<h3>a</h3><h3>b</h3>");
});

const WORD = `<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Title</b><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span></span><![endif]>first</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>second</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.</span>counted</p>`;

test("Word's lists become lists, without their typed bullets", () => {
  expect(cleanPaste(WORD).replace(/\s*\n\s*/g, "")).toBe(
    '<p><strong>Title</strong></p><ul data-word=""><li><p>first</p></li><li><p>second</p></li></ul><ol data-word=""><li><p>counted</p></li></ol>',
  );
});

test("what our own editor copied keeps its facts", () => {
  expect(cleanPaste('<meta charset="utf-8"><p data-unnumbered="" data-pm-slice="1 1 []">a</p>')).toBe('<p data-pm-slice="1 1 []" data-unnumbered="">a</p>');
});
