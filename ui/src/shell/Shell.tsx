/** What stays around every view: the practice strip, the sidebar and the place for the view. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useBatches, useCurrentConnection } from "../api/queries";
import { useRouter, type View } from "../router";
import { isOpen } from "../views/sending/batches";
import { EnvelopeIcon, EvidenceIcon, ListIcon, PlusIcon, SendIcon, SettingsIcon } from "./icons";
import styles from "./Shell.module.css";

export function Shell({ children }: { children: ReactNode }) {
  const connection = useCurrentConnection();
  return (
    <div className={styles.shell}>
      <a
        className={styles.skip}
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.querySelector<HTMLElement>("main h1")?.focus();
        }}
      >
        <Trans>Skip to the form</Trans>
      </a>
      {connection?.practice ? (
        <header className={styles.strip} data-testid="practice-strip">
          <Trans>
            Practice: requests go to a server on this computer. Nobody receives a message.
          </Trans>
        </header>
      ) : null}
      <div className={styles.columns}>
        <Sidebar />
        {children}
      </div>
    </div>
  );
}

function Sidebar() {
  const { t } = useLingui();
  const connection = useCurrentConnection();
  const open = useBatches().data?.filter(isOpen).length ?? 0;
  return (
    <nav className={styles.sidebar} aria-label={t`Countersign`}>
      <p className={styles.brand}>Countersign</p>
      <NavItem view="request" id="nav-new-request" icon={<PlusIcon />} label={t`New request`} />
      <NavItem
        view="sending"
        id="nav-sending"
        icon={<SendIcon />}
        label={t`Sending`}
        count={open}
      />
      <NavItem view="requests" id="nav-requests" icon={<ListIcon />} label={t`Requests`} />
      <NavItem view="answers" id="nav-answers" icon={<EnvelopeIcon />} label={t`Answers`} />
      <NavItem view="evidence" id="nav-evidence" icon={<EvidenceIcon />} label={t`Evidence`} />
      <div className={styles.spacer} />
      <NavItem view="settings" id="nav-settings" icon={<SettingsIcon />} label={t`Settings`} />
      <p className={styles.connection} data-testid="connection-line">
        {connection ? (
          <>
            <span>{connection.practice ? t`Practice` : connection.name}</span>
            <span className={styles.connectionVersion}> · API {connection.apiVersion}</span>
          </>
        ) : (
          <Trans>No connection</Trans>
        )}
      </p>
    </nav>
  );
}

function NavItem(props: {
  view: View;
  id: string;
  icon: ReactNode;
  label: string;
  /** So many under way; none is not shown. */
  count?: number;
}) {
  const { place, navigate } = useRouter();
  const here = place.view === props.view || (place.view === "review" && props.view === "request");
  return (
    <button
      type="button"
      className={styles.navItem}
      data-testid={props.id}
      aria-current={here ? "page" : undefined}
      onClick={() => navigate(props.view)}
    >
      <span className={styles.navIcon}>{props.icon}</span>
      <span className={styles.navLabel}>{props.label}</span>
      {props.count ? (
        <>
          <span className={styles.navCount} aria-hidden="true" data-testid={`${props.id}-count`}>
            {props.count}
          </span>
          <span className="visually-hidden">
            <Plural value={props.count} one=", # under way" other=", # under way" />
          </span>
        </>
      ) : null}
    </button>
  );
}
