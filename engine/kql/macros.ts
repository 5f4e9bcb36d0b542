import dynamic from './macros-dynamic.sql?raw';
import network from './macros-network.sql?raw';
import series from './macros-series.sql?raw';
import text from './macros-text.sql?raw';
import base from './macros.sql?raw';

/** All macros that the SQL of queries calls. */
export const MACROS = [base, dynamic, series, text, network].join('\n');
