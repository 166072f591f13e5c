/** The island of the live editor; loaded by pages that hold a `<text-editor>`. */
import "./agreed-language";
import { TextEditorElement } from "./element";
import "./outbox-forms";
import "./text-columns";
import "./steps.css";
import "./text-editor.css";
import "./carets.css";
import "./remarks.css";
import "./outbox.css";
import "./composer.css";
import "./agree";
import "./out-of-sight.css";
import "./agreement.css";

customElements.define("text-editor", TextEditorElement);
