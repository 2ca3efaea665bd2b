import express from 'ultimate-express';
import { startExpress } from './express-application.js';

await startExpress(express);
