import { sqlSteps } from '../sql';
import text from './cache.sql?raw';

/** The steps of cache.sql. */
export const CACHE = sqlSteps(text);
