/** The whole window: providers, then first start, the lock, or the shell with its views. */
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { asProblem } from "./api/problems";
import { newQueryClient, useStatus } from "./api/queries";
import { LiveRegionProvider } from "./components/LiveRegion";
import { ProblemCallout } from "./components/ProblemCallout";
import { Loading } from "./components/States";
import { ExportChoicesProvider } from "./exports/choices";
import { messages } from "./locales/en/messages.po";
import { PlatformProvider, usePlatform, type Platform } from "./platform";
import { RouterProvider, useRouter, type Place } from "./router";
import { Shell } from "./shell/Shell";
import { AnswersView } from "./views/answers/AnswersView";
import { TypedPayloadProvider } from "./views/answers/typed";
import { EvidenceView } from "./views/evidence/EvidenceView";
import { FoundProvider } from "./views/evidence/found";
import { RequestView } from "./views/request/RequestView";
import { FormProvider } from "./views/request/FormProvider";
import { RequestEvents } from "./views/requests/RequestEvents";
import { RequestsView } from "./views/requests/RequestsView";
import { ReviewView } from "./views/review/ReviewView";
import { BatchEvents } from "./views/sending/BatchEvents";
import { CloseAsked } from "./views/sending/CloseAsked";
import { SendingView } from "./views/sending/SendingView";
import { SettingsView } from "./views/settings/SettingsView";
import { StartView } from "./views/start/StartView";
import { UnlockView } from "./views/unlock/UnlockView";

i18n.loadAndActivate({ locale: "en", messages });

export function App({ platform }: { platform: Platform }) {
  return (
    <Providers platform={platform}>
      <Window />
    </Providers>
  );
}

/** Also what tests wrap a single view in. */
export function Providers(props: {
  platform: Platform;
  client?: QueryClient;
  start?: Place;
  children: ReactNode;
}) {
  const [client] = useState(() => props.client ?? newQueryClient());
  return (
    <I18nProvider i18n={i18n}>
      <PlatformProvider platform={props.platform}>
        <QueryClientProvider client={client}>
          <LiveRegionProvider>
            <TypedPayloadProvider>
              <ExportChoicesProvider>
                <FoundProvider>
                  <RouterProvider start={props.start}>{props.children}</RouterProvider>
                </FoundProvider>
              </ExportChoicesProvider>
            </TypedPayloadProvider>
          </LiveRegionProvider>
        </QueryClientProvider>
      </PlatformProvider>
    </I18nProvider>
  );
}

function Window() {
  const platform = usePlatform();
  const status = useStatus();
  const decided = status.isSuccess || status.isError;

  useEffect(() => {
    // The window stays hidden until there is something in it, so that nobody sees it flash.
    if (decided) platform.windowReady().catch(() => undefined);
  }, [decided, platform]);

  if (status.isError) return <ProblemCallout problem={asProblem(status.error)} />;
  if (!status.isSuccess) return <Loading />;
  switch (status.data.stage) {
    case "first-start":
      return <StartView status={status.data} />;
    case "locked":
      return <UnlockView status={status.data} />;
    case "ready":
      return (
        <FormProvider>
          <Shell>
            <CurrentView />
          </Shell>
          <BatchEvents />
          <RequestEvents />
          <CloseAsked />
        </FormProvider>
      );
  }
}

function CurrentView() {
  const { place } = useRouter();
  switch (place.view) {
    case "request":
      return <RequestView serverIssues={place.serverIssues} />;
    case "review":
      return <ReviewView />;
    case "sending":
      return <SendingView id={place.id} />;
    case "requests":
      return <RequestsView id={place.id} />;
    case "answers":
      return <AnswersView />;
    case "evidence":
      return <EvidenceView />;
    case "settings":
      return <SettingsView />;
  }
}
