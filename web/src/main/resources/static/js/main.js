// @ts-check
import {frame} from './frame.js';
import {listen} from './live.js';
import {followLinks} from './route.js';
import {speak, wanted} from './words.js';
import './app.js';

followLinks();
await speak(wanted());
await frame.load();
listen();
