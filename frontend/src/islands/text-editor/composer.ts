/** Asks for the words of an act in a dialog: fields, one primary button, Escape gives up. Focus returns where it was. */
import { focusReturn } from "./focus-return";
import { t } from "./words";

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind: "text" | "lines" | "choice";
  readonly value?: string;
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly help?: string;
  /** For a choice: value and label of each. */
  readonly choices?: readonly (readonly [value: string, label: string])[];
}

export interface Question {
  readonly title: string;
  /** The selected words, shown above the fields. */
  readonly quote?: string;
  /** Language of the quote and of what is written. */
  readonly language?: string;
  readonly fields: readonly Field[];
  readonly action: string;
}

let count = 0;

/** Return what was answered, by field, or null when the person gave up. */
export function compose(question: Question): Promise<Record<string, string> | null> {
  const dialog = document.createElement("dialog");
  dialog.className = "composer";
  const form = element("form", "stack");
  form.method = "dialog";
  const title = element("h2", "composer-title", question.title);
  title.id = `composer-${++count}`;
  dialog.setAttribute("aria-labelledby", title.id);
  form.append(title);
  if (question.quote !== undefined) {
    const quote = element("blockquote", "composer-quote negotiated", question.quote);
    quote.lang = question.language ?? "";
    form.append(quote);
  }
  for (const field of question.fields) form.append(fieldOf(field, question.language ?? ""));
  const give = element("button", "btn", t("Cancel"));
  give.type = "button";
  give.addEventListener("click", () => { dialog.close(); });
  const act = element("button", "btn btn-primary", question.action);
  act.value = "done";
  const row = element("div", "form-actions");
  row.append(give, act);
  form.append(row);
  dialog.append(form);
  document.body.append(dialog);
  const giveBack = focusReturn();
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const answers = Object.fromEntries([...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === "string"));
      dialog.remove();
      giveBack();
      resolve(dialog.returnValue === "done" ? answers : null);
    });
  });
}

function fieldOf(field: Field, language: string): HTMLElement {
  const holder = element(field.kind === "choice" ? "fieldset" : "div", "field");
  if (field.kind === "choice") {
    holder.append(element("legend", "form-label", field.label));
    for (const [value, label] of field.choices ?? []) {
      const option = element("label", "composer-choice");
      const input = Object.assign(element("input", ""), { type: "radio", name: field.name, value, checked: value === field.value });
      option.append(input, ` ${label}`);
      holder.append(option);
    }
    return holder;
  }
  const input = field.kind === "lines" ? Object.assign(element("textarea", ""), { rows: 4 }) : element("input", "");
  Object.assign(input, { name: field.name, id: `composer-${count}-${field.name}`, value: field.value ?? "", required: field.required ?? false });
  if (field.maxLength !== undefined) input.maxLength = field.maxLength;
  input.lang = language;
  const label = element("label", "", field.label);
  label.htmlFor = input.id;
  holder.append(label, input);
  if (field.help !== undefined) {
    const help = element("span", "helptext", field.help);
    help.id = `${input.id}-help`;
    input.setAttribute("aria-describedby", help.id);
    holder.append(help);
  }
  return holder;
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, words = ""): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== "") made.className = className;
  if (words !== "") made.textContent = words;
  return made;
}
