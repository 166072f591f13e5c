import { expect, test } from "vitest";
import { unwound } from "./atlas";

test("a place across the date line goes on beyond it, any other stays", () => {
  expect(unwound([[170, 65], [180, 66], [-170, 66], [170, 65]])).toEqual([[170, 65], [180, 66], [190, 66], [170, 65]]);
  expect(unwound([[-5, 48], [8, 49], [-5, 48]])).toEqual([[-5, 48], [8, 49], [-5, 48]]);
});
