/** Made-up people and a filled-in form for the stand-in. */
import type { Draft } from "../../api/types";
import { emptyDraft } from "./check";
import { samplePdf } from "./sample-pdf";

export const RECOVERY_KEY = "K7QF-2M9X-HT4P-8WCA-3R6N-VZ5D-1YBE-GJ0S";

export const REGIONS = [
  { code: "BR", name: "Brazil", callingCode: 55 },
  { code: "ES", name: "Spain", callingCode: 34 },
  { code: "FR", name: "France", callingCode: 33 },
  { code: "GB", name: "United Kingdom", callingCode: 44 },
  { code: "PT", name: "Portugal", callingCode: 351 },
  { code: "US", name: "United States", callingCode: 1 },
];

export function exampleContacts(count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    if (at === 87) return "maria.sousa@gmial.com";
    if (at === 30 || at === 31) return "912 345 6";
    if (at === 20) return "john.doe@";
    return at % 3 === 0 ? `+3519120${String(10_000 + at)}` : `person.${at + 1}@example.com`;
  });
}

export function filledDraft(): Draft {
  return {
    ...emptyDraft(),
    name: "Client onboarding",
    securityLevel: "HUMANOS_KYC",
    groupIds: ["507f1f77bcf86cd799439011"],
    resourcesIds: ["507f1f77bcf86cd799439012"],
    credentials: [
      {
        type: "CONSENT",
        name: "Terms 2026",
        scope: "",
        validFrom: "2026-12-01T09:00:00+00:00",
        validUntil: "",
        description: "",
        internalId: "",
        data: {
          kind: "consent",
          text: "I agree to the terms of 2026.",
          url: "https://example.com/terms",
        },
        placements: [],
        action: { id: "", userParams: "" },
      },
    ],
    language: "PRT",
    redirectUrl: "https://example.com/done",
    internalId: "onb-2026-11-1",
  };
}

/** A document to sign, of so many pages, without fields. */
export function documentDraft(pages: number): Draft {
  return {
    ...emptyDraft(),
    name: "Agreement",
    credentials: [
      {
        type: "DOCUMENT",
        name: "NDA",
        scope: "",
        validFrom: "",
        validUntil: "",
        description: "",
        internalId: "",
        data: { kind: "document", fileName: "NDA.pdf", base64: samplePdf(pages) },
        placements: [],
        action: { id: "", userParams: "" },
      },
    ],
  };
}
