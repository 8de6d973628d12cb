// Which code asks which forge. The two with a client library load it only when they are asked.

import type { ForgeName } from '../spec.js';
import { bitbucket } from './bitbucket.js';
import { codeup } from './codeup.js';
import type { Forge } from './forge.js';
import { gitea } from './gitea.js';
import { gitee } from './gitee.js';
import { github } from './github.js';
import { gitlab } from './gitlab.js';

export const FORGES: Readonly<Record<ForgeName, Forge>> = { github, gitlab, gitee, gitea, codeup, bitbucket };
