import { expect as playwrightExpect } from '@playwright/test';

/** Playwright's matchers, with the patience that a busy machine needs. They wait for a condition, never for time. */
export const expect = playwrightExpect.configure({ timeout: 30_000 });
