// What runs in the thread of a trial (trial.ts bundles it): one kernel, all specimens.

import { parentPort, workerData } from 'node:worker_threads';
import { type Database, readDatabase } from '../read-database.js';

const outcomes = [];
for (const database of workerData as readonly Database[]) outcomes.push(await readDatabase(database));
parentPort?.postMessage(outcomes);
