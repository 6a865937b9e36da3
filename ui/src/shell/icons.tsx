/** The signs of the sidebar; words always go with them. */
import type { ReactNode } from "react";

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      width="18"
      height="18"
      viewBox="0 0 18 18"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export function PlusIcon() {
  return (
    <Icon>
      <path d="M9 3.5v11M3.5 9h11" />
    </Icon>
  );
}

export function ListIcon() {
  return (
    <Icon>
      <path d="M6.5 4.5h8M6.5 9h8M6.5 13.5h8M3 4.5h.01M3 9h.01M3 13.5h.01" />
    </Icon>
  );
}

export function SendIcon() {
  return (
    <Icon>
      <path d="M15 3 8 10M15 3l-4.5 12L8 10 3 7.5z" strokeLinejoin="round" />
    </Icon>
  );
}

export function EnvelopeIcon() {
  return (
    <Icon>
      <path d="M2.5 4.5h13v9h-13zM2.5 5l6.5 5 6.5-5" strokeLinejoin="round" />
    </Icon>
  );
}

export function EvidenceIcon() {
  return (
    <Icon>
      <path
        d="M9 2.5 14.5 4.5v4.5c0 3.2-2.3 5.5-5.5 6.5-3.2-1-5.5-3.3-5.5-6.5V4.5z"
        strokeLinejoin="round"
      />
      <path d="M6.5 9 8.5 11l3-4" strokeLinejoin="round" />
    </Icon>
  );
}

export function SettingsIcon() {
  return (
    <Icon>
      <path d="M3 5h4m4 0h4M3 13h7m4 0h1" />
      <circle cx="9" cy="5" r="2" />
      <circle cx="12" cy="13" r="2" />
    </Icon>
  );
}
