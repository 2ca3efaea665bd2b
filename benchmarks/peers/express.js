import express from 'express';
import { startExpress } from './express-application.js';

await startExpress(express);
