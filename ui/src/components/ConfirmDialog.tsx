/** A deliberate second step. Escape and the way back are always there; focus starts on the way back. */
import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Button } from "./Button";
import styles from "./ConfirmDialog.module.css";

export interface ConfirmDialogProps {
  open: boolean;
  title: string;
  confirmLabel: string;
  confirmTestId: string;
  cancelLabel?: string;
  cancelTestId?: string;
  kind?: "primary" | "live" | "danger";
  /** The act is under way: both buttons wait. */
  busy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useLingui();
  return (
    <ModalOverlay
      className={styles.overlay ?? ""}
      isOpen={props.open}
      isDismissable={false}
      isKeyboardDismissDisabled={props.busy}
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
    >
      <Modal className={styles.modal ?? ""}>
        <Dialog role="alertdialog" className={styles.dialog ?? ""}>
          <Heading slot="title" level={2}>
            {props.title}
          </Heading>
          <div className={styles.body}>{props.children}</div>
          <div className={styles.buttons}>
            <Button
              testId={props.cancelTestId ?? "cancel"}
              onPress={props.onClose}
              isDisabled={props.busy}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- a dialog must take the focus
              autoFocus
            >
              {props.cancelLabel ?? t`Not yet`}
            </Button>
            <Button
              kind={props.kind ?? "primary"}
              testId={props.confirmTestId}
              onPress={props.onConfirm}
              isDisabled={props.busy}
            >
              {props.confirmLabel}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
