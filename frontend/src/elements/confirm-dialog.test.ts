import { beforeEach, expect, test, vi } from "vitest";
import "./confirm-dialog";
import { find } from "../testing";

beforeEach(() => {
  document.body.innerHTML = `<confirm-dialog></confirm-dialog>
    <form data-confirm="Withdraw?" data-confirm-action="Withdraw"><button>Go</button></form>`;
});

async function answer(words: string): Promise<void> {
  const dialog = find("dialog") as HTMLDialogElement;
  const button = [...dialog.querySelectorAll("button")].find((one) => one.textContent === words);
  dialog.close(button?.value);
  await Promise.resolve();
}

function htmxAsks(question: string | null): { event: CustomEvent; issueRequest: ReturnType<typeof vi.fn> } {
  const issueRequest = vi.fn();
  const detail = { question, elt: document.createElement("button"), issueRequest };
  const event = new CustomEvent("htmx:confirm", { bubbles: true, cancelable: true, detail });
  document.body.dispatchEvent(event);
  return { event, issueRequest };
}

test("htmx waits for the answer and goes on only after a yes", async () => {
  const { event, issueRequest } = htmxAsks("Close the meeting?");
  expect(event.defaultPrevented).toBe(true);
  expect(document.querySelector("dialog p")?.textContent).toBe("Close the meeting?");
  await answer("Confirm");
  await vi.waitFor(() => {
    expect(issueRequest.mock.calls).toEqual([[true]]);
  });
  expect(document.querySelector("dialog")).toBeNull();
});

test("a no sends nothing", async () => {
  const { issueRequest } = htmxAsks("Close the meeting?");
  await answer("Cancel");
  expect(issueRequest).not.toHaveBeenCalled();
});

test("a request without a question is left alone", () => {
  expect(htmxAsks(null).event.defaultPrevented).toBe(false);
});

test("a plain form asks too, with the words of its own action, and is sent after a yes", async () => {
  const form = find("form") as HTMLFormElement;
  const again = vi.spyOn(form, "requestSubmit").mockImplementation(() => undefined);
  expect(form.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }))).toBe(false);
  expect([...document.querySelectorAll("dialog button")].map((one) => one.textContent)).toEqual(["Cancel", "Withdraw"]);
  await answer("Withdraw");
  await vi.waitFor(() => {
    expect(again).toHaveBeenCalledTimes(1);
  });
});
