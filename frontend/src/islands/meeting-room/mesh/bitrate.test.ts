import { expect, test } from "vitest";
import { cameraBitrate } from "./bitrate";

test("the up-link stays about the same while the mesh grows", () => {
  expect([0, 1, 2, 3, 4, 5].map(cameraBitrate)).toEqual([700_000, 700_000, 700_000, 600_000, 450_000, 360_000]);
});
