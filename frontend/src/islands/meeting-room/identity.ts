/** How a stamped identity is shown. */
import { language } from "../../i18n";
import type { Identity } from "./room";
import { t } from "./words";

/** Return the member's name in the reader's language, or the person's for those outside members. */
export function titleOf(identity: Identity): string {
  const { member, names, name } = identity;
  if (member === null) return name;
  return names[language()] ?? names["en"] ?? regionName(member) ?? member;
}

/** Return what stands after the title: the person and the capacity. */
export function subtitleOf(identity: Identity): string {
  const capacity = capacityOf(identity.capacity);
  return identity.member === null ? capacity : `${identity.name}, ${capacity}`;
}

/** Return the few letters that stand for somebody without camera: the member's code, else initials. */
export function lettersOf({ member, name }: Identity): string {
  if (member !== null) return member.slice(0, 4);
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => word?.[0] ?? "").join("").toUpperCase();
}

function regionName(code: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(code)) return undefined;
  const name = new Intl.DisplayNames(language(), { type: "region" }).of(code);
  return name === code ? undefined : name;
}

function capacityOf(capacity: string): string {
  switch (capacity) {
    case "head":
      return t("head of delegation");
    case "delegate":
      return t("delegate");
    case "interpreter":
      return t("interpreter");
    case "observer":
      return t("observer");
    case "secretariat":
      return t("secretariat");
    default:
      return capacity;
  }
}
