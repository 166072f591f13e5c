/**
 * Acts on a text on their way to the server, each a POST of its own. The server's rows are the truth; what it refuses is told in its own
 * words.
 */
import { csrfToken } from "../../requests";
import { t } from "./words";

export type Fields = Readonly<Record<string, string>>;

/** The server did not do it; `message` is its sentence for the person. */
export class Refused extends Error {}

/** Do an act at `address`; raises Refused. */
export async function send(address: string, fields: Fields): Promise<void> {
  const headers = { "X-CSRFToken": csrfToken(), "HX-Request": "true" };
  const answer = await fetch(address, { method: "POST", headers, body: new URLSearchParams(fields) });
  if (answer.ok) return;
  const isPlain = answer.headers.get("Content-Type")?.startsWith("text/plain") ?? false;
  throw new Refused(isPlain && answer.status < 500 ? await answer.text() : t("This was not done."));
}
