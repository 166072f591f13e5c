/** The island of the live editor; loaded by pages that hold a `<text-editor>`. */
import "./agreed-language";
import { TextEditorElement } from "./element";
import "./text-columns";
import "./steps.css";
import "./text-editor.css";
import "./composer.css";
import "./agree";
import "./out-of-sight.css";
import "./agreement.css";

customElements.define("text-editor", TextEditorElement);
