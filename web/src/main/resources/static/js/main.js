// @ts-check
import {frame} from './frame.js';
import {listen} from './live.js';
import {followLinks, place} from './route.js';
import {speak, wanted} from './words.js';
import './app.js';

followLinks();
await speak(wanted());
await frame.load();
if (place().page !== 'wall') listen(); // a wall asks by itself, and needs no account
