/** What the server writes above the worker's text: which page it keeps, and of which edition. */
declare const ABOUT: { page: string; edition: string };
