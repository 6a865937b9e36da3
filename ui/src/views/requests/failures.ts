/** For each kind of failure: what happened and what to do about it. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { FailureView } from "../../api/types";
import type { Tone } from "../../components";

export interface FailureWords {
  tone: Tone;
  title: MessageDescriptor;
  text: MessageDescriptor;
  /** The same bytes under the same key may succeed. */
  retry: boolean;
  /** Nobody was asked, so a changed request asks nobody twice. */
  edit: boolean;
  /** The mend is under Settings. */
  settings?: boolean;
}

export const FAILURES: Record<FailureView["kind"], FailureWords> = {
  "field-errors": {
    tone: "error",
    title: msg`Humanos did not accept some fields.`,
    text: msg`Nobody was asked. Correct each field below, then review and send again.`,
    retry: false,
    edit: true,
  },
  unauthorized: {
    tone: "error",
    title: msg`Humanos did not accept the signature.`,
    text: msg`Nobody was asked. Check that the clock of this computer is right, and that the API key and signature secret belong together. Then try again.`,
    retry: true,
    edit: false,
    settings: true,
  },
  payment: {
    tone: "error",
    title: msg`Humanos asks for payment first.`,
    text: msg`Nobody was asked. Settle the plan or credit of your Humanos account, then try again.`,
    retry: true,
    edit: false,
  },
  conflict: {
    tone: "error",
    title: msg`Humanos says this request conflicts with another.`,
    text: msg`The same key may have been used for another request, or the first attempt is still being worked on. Try again in a minute: the same bytes go under the same key, so nobody is asked twice. If it stays, go back to the form and send it under a new key.`,
    retry: true,
    edit: true,
  },
  "too-many": {
    tone: "warning",
    title: msg`Humanos asks to slow down.`,
    text: msg`Nobody was asked. Wait a minute, then try again.`,
    retry: true,
    edit: false,
  },
  server: {
    tone: "error",
    title: msg`Humanos had a fault of its own.`,
    text: msg`Wait a little, then try again: the same bytes go under the same key, so nobody is asked twice.`,
    retry: true,
    edit: false,
  },
  refused: {
    tone: "error",
    title: msg`Humanos refused the request.`,
    text: msg`Nobody was asked. Read what it said, change the request, then review and send again.`,
    retry: false,
    edit: true,
  },
  network: {
    tone: "warning",
    title: msg`Nothing was sent: the server could not be reached.`,
    text: msg`Nobody was asked. Check the network, then try again: the same bytes go under the same key.`,
    retry: true,
    edit: true,
    settings: true,
  },
  unknown: {
    tone: "warning",
    title: msg`No answer came. The request may have arrived.`,
    text: msg`Try again here: the same bytes go under the same key, so nobody is asked twice. A new request could ask people twice.`,
    retry: true,
    edit: false,
  },
  malformed: {
    tone: "warning",
    title: msg`An answer came that Countersign cannot read. The request may have arrived.`,
    text: msg`Try again here: the same bytes go under the same key, so nobody is asked twice. If it stays, show Humanos the receipt.`,
    retry: true,
    edit: false,
  },
};
