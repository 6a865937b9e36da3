/** Opens a view, or the whole app, over the stand-in for the shell. */
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { App, Providers } from "../app";
import { createFake, type FakeOptions, type FakePlatform } from "../platform/fake";
import type { Place } from "../router";
import { FormProvider } from "../views/request/FormProvider";
import { PdfContext, type OpenPdf } from "../views/request/pages/pdf";
import { openPlainPdf } from "./pdf";

/** What tests may put in the place of what draws pages. */
interface Drawing {
  openPdf?: OpenPdf;
}

export function openApp({ openPdf = openPlainPdf, ...options }: FakeOptions & Drawing = {}) {
  const platform = createFake(options);
  const app = (
    <PdfContext value={openPdf}>
      <App platform={platform} />
    </PdfContext>
  );
  return { platform, user: userEvent.setup(), ...render(app) };
}

export function openView(
  view: ReactNode,
  options: FakeOptions & { platform?: FakePlatform; start?: Place } = {},
) {
  const platform = options.platform ?? createFake(options);
  const opened = render(
    <Providers platform={platform} start={options.start}>
      <FormProvider>{view}</FormProvider>
    </Providers>,
  );
  return { platform, user: userEvent.setup(), ...opened };
}
