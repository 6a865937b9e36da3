import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "./test/open";

test("the practice strip and the connection line say that nobody is reached", async () => {
  openApp();
  expect(await screen.findByTestId("practice-strip")).toHaveProperty(
    "textContent",
    "Practice: requests go to a server on this computer. Nobody receives a message.",
  );
  expect(screen.getByTestId("connection-line").textContent).toContain("API 2026-05-20");
});

test("a live connection shows its own name and no strip", async () => {
  openApp({ live: true });
  expect((await screen.findByText("Humanos production")).textContent).toBe("Humanos production");
  expect(screen.queryByTestId("practice-strip")).toBeNull();
});

test("going to another view moves the focus to its title and names the window after it", async () => {
  const { user } = openApp();
  await user.click(await screen.findByTestId("nav-requests"));
  const title = screen.getByRole("heading", { level: 1, name: "Requests" });
  expect(document.activeElement).toBe(title);
  expect(document.title).toBe("Requests - Countersign");
});
