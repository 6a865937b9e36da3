/** The connections: each with its keys' last characters, and the form to add or change one. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../../api/problems";
import { KEYS, useConnections } from "../../api/queries";
import type { ConnectionView } from "../../api/types";
import { Button, focusSoon, Loading, ProblemCallout, Section, useAnnounce } from "../../components";
import { ConnectionForm } from "./ConnectionForm";
import { ConnectionItem } from "./ConnectionItem";
import styles from "./Settings.module.css";

/** What is open: the form for a new one ("new"), or for the one with this id. */
type Open = string | null;

export function Connections() {
  const connections = useConnections();
  const client = useQueryClient();
  const announce = useAnnounce();
  const { t } = useLingui();
  const [open, setOpen] = useState<Open>(null);
  // One at a time, as for the form: its fields have one name each.
  const [pacing, setPacing] = useState<string | null>(null);

  const close = (focus: string) => {
    setOpen(null);
    setPacing(null);
    focusSoon(`[data-testid="${CSS.escape(focus)}"]`);
  };
  const changed = () => client.invalidateQueries({ queryKey: KEYS.connections });
  const saved = async (view: ConnectionView) => {
    await changed();
    announce(t`${view.name} is saved.`);
    close(`connection-${view.id}-test`);
  };

  return (
    <Section
      title={<Trans>Connections</Trans>}
      hint={<Trans>Where requests go, and with which keys they are signed.</Trans>}
    >
      {connections.isPending ? <Loading /> : null}
      {connections.isError ? <ProblemCallout problem={asProblem(connections.error)} /> : null}
      <ul className={styles.connections} data-testid="connections">
        {connections.data?.map((connection) => (
          <li key={connection.id} className={styles.connection}>
            {open === connection.id ? (
              <ConnectionForm
                connection={connection}
                onSaved={saved}
                onCancel={() => close(`connection-${connection.id}-edit`)}
              />
            ) : (
              <ConnectionItem
                connection={connection}
                onEdit={() => setOpen(connection.id)}
                pacing={pacing === connection.id}
                onPace={() => setPacing(connection.id)}
                onPaceDone={() => close(`connection-${connection.id}-pace`)}
                onChanged={changed}
                onRemoved={async () => {
                  await changed();
                  announce(t`${connection.name} is removed.`);
                  close("add-connection");
                }}
              />
            )}
          </li>
        ))}
      </ul>
      {open === "new" ? (
        <div className={styles.connection}>
          <ConnectionForm
            connection={null}
            onSaved={saved}
            onCancel={() => close("add-connection")}
          />
        </div>
      ) : (
        <div className={styles.buttons}>
          <Button testId="add-connection" onPress={() => setOpen("new")}>
            <Trans>Add a connection…</Trans>
          </Button>
        </div>
      )}
    </Section>
  );
}
