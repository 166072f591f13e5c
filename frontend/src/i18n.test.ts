import { beforeEach, describe, expect, test } from "vitest";
import { catalogue } from "./i18n";

const t = catalogue({
  "Mute": "Couper le micro",
  "{name} has the floor": "{name} a la parole",
  "{n} delegation | {n} delegations": "{n} délégation | {n} délégations",
});

describe("catalogue", () => {
  beforeEach(() => {
    document.documentElement.lang = "en";
  });

  test("speaks English by its keys", () => {
    expect(t("Mute")).toBe("Mute");
    expect(t("{name} has the floor", { name: "Ukraine" })).toBe("Ukraine has the floor");
  });

  test("speaks French when the page does", () => {
    document.documentElement.lang = "fr";
    expect(t("{name} has the floor", { name: "l’Ukraine" })).toBe("l’Ukraine a la parole");
  });

  test("chooses the plural of the language", () => {
    expect(t("{n} delegation | {n} delegations", { n: 0 })).toBe("0 delegations");
    document.documentElement.lang = "fr";
    expect(t("{n} delegation | {n} delegations", { n: 0 })).toBe("0 délégation");
    expect(t("{n} delegation | {n} delegations", { n: 5 })).toBe("5 délégations");
  });

  test("refuses, by type, a key without French and a missing variable", () => {
    // @ts-expect-error: no French for this key
    expect(t("Unmute")).toBe("Unmute");
    // @ts-expect-error: the variable is missing
    expect(t("{name} has the floor")).toBe("{name} has the floor");
  });
});
