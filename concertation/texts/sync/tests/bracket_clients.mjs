// Two editors without a browser: the editor's own binding (y-tiptap) types, divides, joins and deletes, offline at times, while brackets
// are placed by posts. node bracket_clients.mjs '{"address": …, "origin": …, "text": …, "cookies": […], "seed": …}' prints what each sees.
import { ySyncPlugin } from "@tiptap/y-tiptap";
import { Schema } from "@tiptap/pm/model";
import { EditorState, TextSelection } from "@tiptap/pm/state";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

const { address, origin: site, text, cookies, seed } = JSON.parse(process.argv[2]);
const ROUNDS = 50;
const TOKEN = "c".repeat(32);

const schema = new Schema({
  nodes: {
    doc: { content: "paragraph+" },
    paragraph: { content: "text*", attrs: { id: { default: null }, numbered: { default: true } } },
    text: {},
  },
  marks: { anchor: { attrs: { id: {} }, inclusive: false, excludes: "" } },
});

let state = seed;
/** Return a whole number from 0 to below `limit`, the same in each run (Park and Miller's generator). */
function chance(limit) {
  state = (state * 48271) % 2147483647;
  return state % limit;
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function until(condition, what) {
  for (let waited = 0; !condition(); waited += 10) {
    if (waited > 40000) throw new Error(`waited in vain: ${what}`);
    await pause(10);
  }
}

function signedIn(cookie) {
  return class extends WebSocket {
    constructor(url, protocols) {
      super(url, { protocols, headers: { cookie, origin: site } });
    }
  };
}

/** Just enough of ProseMirror's view for the binding: a state, and what follows a transaction. */
class View {
  constructor(fragment) {
    this.state = EditorState.create({ schema, plugins: [ySyncPlugin(fragment)] });
    this.dom = { ownerDocument: { getSelection: () => null } };
    this.views = [];
    for (const plugin of this.state.plugins) if (plugin.spec.view) this.views.push(plugin.spec.view(this));
  }
  hasFocus() { return false; }
  updateState(next) { this.dispatch(next); }
  dispatch(tr) {
    const before = this.state;
    this.state = before.apply(tr);
    for (const view of this.views) view.update?.(this, before);
  }
}

function join(cookie) {
  const doc = new Y.Doc();
  const options = { WebSocketPolyfill: signedIn(cookie), disableBc: true, maxBackoffTime: 100 };
  return { doc, cookie, fragment: doc.getXmlFragment("en"), provider: new WebsocketProvider(address, text, doc, options), view: null };
}

const letters = () => Array.from({ length: 1 + chance(3) }, () => "abcdef "[chance(7)]).join("");
const fresh = () => Array.from({ length: 10 }, () => "0123456789abcdefghijklmnopqrstuvwxyz"[chance(36)]).join("");

/** A paragraph of the view and a place in it, as positions of the document. */
function somewhere({ doc }) {
  const index = chance(doc.childCount);
  let at = 0;
  for (let before = 0; before < index; before++) at += doc.child(before).nodeSize;
  const node = doc.child(index);
  return { index, node, at, place: at + 1 + chance(node.content.size + 1) };
}

/** Do one thing that a person would in the editor. */
function act({ view }) {
  const { tr, doc } = view.state;
  const { index, node, at, place } = somewhere(view.state);
  const what = chance(10);
  if (what < 5) {
    view.dispatch(tr.setSelection(TextSelection.create(doc, place)).insertText(letters(), place));
  } else if (what < 7 && place < at + 1 + node.content.size) {
    view.dispatch(tr.delete(place, place + 1));
  } else if (what < 8 && node.content.size > 4) {
    view.dispatch(tr.split(place, 1, [{ type: schema.nodes.paragraph, attrs: { id: fresh() } }]));
  } else if (index + 1 < doc.childCount && doc.childCount > 2) {
    view.dispatch(tr.join(at + node.nodeSize));
  }
}

/** Put some words that this editor shows in brackets. */
async function place({ cookie, view }) {
  const { node } = somewhere(view.state);
  const words = node.textContent;
  if (words.trim().length < 4 || !node.attrs.id) return null;
  const start = chance(words.length - 3);
  const id = crypto.randomUUID();
  const fields = { id, language: "en", paragraph: node.attrs.id, start, end: start + 3, words: words.slice(start, start + 3) };
  const headers = { cookie: `${cookie}; csrftoken=${TOKEN}`, "X-CSRFToken": TOKEN, "HX-Request": "true" };
  const answer = await fetch(`${site}/texts/${text}/brackets/place/`, { method: "POST", headers, body: new URLSearchParams(fields) });
  if (![204, 400, 409].includes(answer.status)) throw new Error(`placing: ${answer.status} ${await answer.text()}`);
  return answer.status;
}

const clients = cookies.map(join);
await until(() => clients.every(({ provider }) => provider.synced), "the first synchronisation");
const opening = new Y.XmlElement("paragraph");
opening.setAttribute("id", fresh());
opening.insert(0, [new Y.XmlText("The leaders will deploy a force at once and for as long as it takes")]);
clients[0].fragment.insert(0, [opening]);
await until(() => clients.every(({ fragment }) => fragment.length === 1), "the opening");
for (const client of clients) client.view = new View(client.fragment);
await pause(50);
const answers = [];
for (let round = 0; round < ROUNDS; round++) {
  for (const client of clients) {
    act(client);
    if (chance(12) === 0) client.provider.disconnect();
    else if (!client.provider.shouldConnect && chance(3) === 0) client.provider.connect();
  }
  if (round % 5 === 0) answers.push(await place(clients[chance(clients.length)]));
  await pause(chance(12));
}
for (const { provider } of clients) provider.connect();
await until(() => clients.every(({ provider }) => provider.synced), "the last synchronisation");
const seen = ({ fragment }) => fragment.toArray().map((paragraph) => paragraph.toArray().map((words) => words.toDelta()));
const same = () => clients.every((client) => JSON.stringify(seen(client)) === JSON.stringify(seen(clients[0])));
await until(same, "agreement");
await pause(300);
await until(same, "lasting agreement");
console.log(JSON.stringify({ answers, seen: clients.map(seen), shown: clients.map(({ view }) => view.state.doc.toJSON()) }));
process.exit(0);
