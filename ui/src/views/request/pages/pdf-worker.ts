/** What reads a PDF, away from the window: pdf.js starts itself by being loaded. */
import "pdfjs-dist/legacy/build/pdf.worker.mjs";
