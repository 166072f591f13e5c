/**
 * Words of the browser programs, in the language of `<html lang>`. English is the key; a key exists only together with
 * its French, so the type checker refuses a sentence that lacks it. Each program keeps its own catalogue:
 *
 *     // islands/meeting-room/words.ts
 *     export const t = catalogue({
 *       "Mute": "Couper le micro",
 *       "{name} has the floor": "{name} a la parole",
 *       "{n} delegation | {n} delegations": "{n} délégation | {n} délégations",
 *     });
 *     t("{name} has the floor", { name: "Ukraine" });
 *     t("{n} delegation | {n} delegations", { n: 5 });
 *
 * “one | other” is chosen by the plural rules of the language, from the variable `n`.
 */
type Names<Key extends string> = Key extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Variables<Key extends string> = [Names<Key>] extends [never] ? [] : [Record<Names<Key>, string | number>];
type Translate<Keys extends string> = <Key extends Keys>(key: Key, ...variables: Variables<Key>) => string;

export function language(): "en" | "fr" {
  return document.documentElement.lang.toLowerCase().startsWith("fr") ? "fr" : "en";
}

export function catalogue<const French extends Record<string, string>>(french: French): Translate<keyof French & string> {
  return (key, ...variables) => {
    const values: Record<string, string | number> = variables[0] ?? {};
    const sentence = language() === "fr" ? (french[key] ?? key) : key;
    return fill(pick(sentence, values["n"]), values);
  };
}

function pick(sentence: string, count: string | number | undefined): string {
  const [one, other] = sentence.split(" | ");
  if (other === undefined || one === undefined) return sentence;
  return new Intl.PluralRules(language()).select(Number(count)) === "one" ? one : other;
}

function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
