/** Every method of the contract, and the part of the engine that answers it. */
import { userInfo } from 'node:os';
import type { SavedReading } from '../shared/choices';
import type { FileHandle } from '../shared/contract';
import type { CaseTold, GrantedPath } from '../shared/engine-control';
import type { Handlers } from '../shared/rpc';
import type { Limits } from '../shared/sources';
import { VERSION } from '../shared/version';
import { duckdbVersion } from './db';
import { CaseCache } from './cache/case-cache';
import type { CacheOptions } from './cache/case-cache';
import type { Database } from './db';
import { goneDecisions } from './decisions/gone';
import { Decisions } from './decisions/decisions';
import { exportCsv } from './export/csv';
import { exportFindings } from './export/findings-csv';
import { exportRecords } from './export/records-csv';
import { handoverHandlers } from './handover/handlers';
import { eventsPage } from './lists/events';
import { findingsFacets, overviewOf } from './lists/facets';
import { evidencePage } from './lists/evidence';
import { findingIds, findingsPage } from './lists/findings';
import { overlapsHistogram } from './lists/histogram';
import { overlapsPage } from './lists/overlaps';
import { segmentsPage } from './lists/segments';
import { subjectsOf } from './lists/subjects';
import { timelineHandlers } from './lists/timeline-handlers';
import { usersPage } from './lists/users';
import { LastOpened } from './last-opened';
import { Offers } from './offers';
import { OpenLog } from './open-state';
import { preview } from './preview/preview';
import { PreferencesFile } from './preferences/preferences-file';
import { ruleHandlers } from './rules/lab';

export interface Engine {
  handlers: Handlers;
  /**
   * Grants the files and remembers them for the pages that connect later. `ahead`: the next page will open them, so they are
   * read already. Throws, naming a file that cannot be read.
   */
  offer(files: GrantedPath[], ahead?: boolean): Promise<FileHandle[]>;
  setSample(path: string): void;
  /** How far archives may unpack when a call does not say. */
  setLimits(limits: Limits): void;
  /** Which case is open: its folder has a cache of the log. */
  setCase(told: CaseTold): void;
  /** Stops what is running, closes the log and removes its temporary files. */
  close(): Promise<void>;
}

interface EngineOptions {
  /** A private folder; the engine leaves nothing in it after close. */
  tempFolder: string;
  samplePath?: string;
  /** Where preferences are kept; without it they last as long as the engine. */
  preferencesFile?: string;
  /** A private file of this run of the shell that tells what is open, for when the engine is started again. */
  lastOpenedFile?: string | undefined;
  /** Without it no log is kept in the cache of a case. */
  cache?: CacheOptions;
}

/** One engine with nothing open: the code of every method of the contract, and what its process may tell it besides. */
export function createEngine({
  tempFolder,
  samplePath,
  preferencesFile,
  lastOpenedFile,
  cache,
}: EngineOptions): Engine {
  const last = new LastOpened(lastOpenedFile);
  const caches = cache && new CaseCache({ ...cache, hasFailed: last.usedCache, onTry: () => last.usesCache() });
  const open = new OpenLog(tempFolder, last, caches);
  const offers = new Offers(open.granted, samplePath);
  let standing: Limits | undefined;

  const preferences = new PreferencesFile(preferencesFile);
  const readings = (): SavedReading[] => preferences.read().preferences.readings ?? [];
  const decisions = new Decisions();
  /** For lists that are sorted or filtered by decisions. */
  const decided = (): Promise<Database> => decisions.in(open.detected.database);

  const handlers: Handlers = {
    'app.info': () => ({
      version: VERSION,
      engine: `DuckDB ${duckdbVersion()}`,
      pid: process.pid,
      user: userInfo().username,
    }),
    'files.offered': () => offers.offered,
    'files.sample': () => offers.grantSample(),
    'log.open': ({ files, choices = {}, limits = standing, fresh = false }, work) =>
      open.open(files, choices, work, { limits, saved: readings(), fresh }),
    'log.cache': (_params, { signal }) => open.cacheNews(signal),
    'log.attach': ({ files, limits = standing }, work) => open.attach(files, work, limits),
    'file.preview': ({ file, name, choices }, { signal }) =>
      preview({ ...open.fileOf(file, name), id: file, choices }, tempFolder, signal),
    'log.state': async () => ({ ...open.state, before: await open.before((path) => offers.sampleAt(path)) }),
    'detection.run': ({ parameters }, work) => open.detect(parameters, work),
    'findings.page': async (params, { signal }) => findingsPage(await decided(), params, signal),
    'findings.ids': async (params, { signal }) => findingIds(await decided(), params, signal),
    'findings.facets': async (params, { signal }) => findingsFacets(await decided(), params, signal),
    'overview.get': async (params, { signal }) => overviewOf(await decided(), params, signal),
    'decisions.mirror': (told) => (decisions.take(told), null),
    'decisions.gone': async (params, { signal }) => goneDecisions(await decided(), params, signal),
    'findings.subjects': ({ ids }, { signal }) => subjectsOf(open.detected.database, ids, signal),
    'overlaps.page': async (params, { signal }) =>
      overlapsPage(params.findings ? await decided() : open.detected.database, params, signal),
    'overlaps.histogram': async (params, { signal }) => overlapsHistogram(await decided(), params, signal),
    'segments.page': (params, { signal }) => segmentsPage(open.detected.database, params, signal),
    'events.page': (params, { signal }) => eventsPage(open.log, params, signal),
    'users.page': (params, { signal }) => usersPage(open.detected.database, params, signal),
    'user.why-not': ({ user }, { signal }) => open.whyNot(user, signal),
    'evidence.page': (params, { signal }) => evidencePage(open.log, params, signal),
    'rejected.page': (page, { signal }) => open.log.rejected(page, signal),
    'export.findings': async (params, { signal }) => exportFindings(await decided(), decisions, params, signal),
    'export.csv': async (params, { signal }) => exportCsv(await decided(), params, signal),
    'export.records': async (params, { signal }) => (await decided(), exportRecords(open.detected, params, signal)),
    'preferences.read': () => preferences.read(),
    'preferences.write': ({ preferences: next }) => (preferences.write(next), null),
    ...handoverHandlers(open, tempFolder, decisions),
    ...timelineHandlers(open),
    ...ruleHandlers(open, decisions),
  };

  return {
    handlers,
    offer: async (files, ahead = false) => {
      const handles = await offers.offer(files);
      const ids = handles.map(({ id }) => id);
      if (ahead && ids.length > 0) open.readAhead(ids, standing, readings());
      return handles;
    },
    setSample: (path) => {
      offers.sample = path;
    },
    setLimits: (limits) => {
      standing = limits;
    },
    setCase: (told) => {
      if (caches) caches.case = told;
    },
    close: () => open.close(),
  };
}
