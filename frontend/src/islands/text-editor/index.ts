/** The island of the live editor; loaded by pages that hold a `<text-editor>`. */
import { TextEditorElement } from "./element";
import "./agree";
import "./text-editor.css";
import "./agreement.css";

customElements.define("text-editor", TextEditorElement);
