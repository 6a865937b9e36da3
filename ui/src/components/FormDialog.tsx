/** A dialog with something to fill in; what is under it waits. Escape leaves it. */
import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import styles from "./ConfirmDialog.module.css";

export interface FormDialogProps {
  title: string;
  testId: string;
  /** Under way: it cannot be left. */
  busy?: boolean;
  /** Little to fill in. */
  narrow?: boolean | undefined;
  onClose: () => void;
  /** Stays in sight over the buttons. */
  notice?: ReactNode;
  buttons: ReactNode;
  children: ReactNode;
}

export function FormDialog(props: FormDialogProps) {
  return (
    <ModalOverlay
      className={styles.overlay ?? ""}
      isOpen
      isDismissable={false}
      isKeyboardDismissDisabled={props.busy}
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
    >
      <Modal className={`${styles.modal} ${styles.fixed} ${props.narrow ? "" : styles.wide}`}>
        <Dialog className={styles.dialog ?? ""} data-testid={props.testId}>
          <Heading slot="title" level={2}>
            {props.title}
          </Heading>
          {/* While it is busy nothing in it takes the focus, and by keyboard it must scroll all the same. */}
          <div
            className={styles.form}
            {...(props.busy ? { role: "group", "aria-label": props.title, tabIndex: 0 } : {})}
          >
            {props.children}
          </div>
          {props.notice}
          <div className={styles.buttons}>{props.buttons}</div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
