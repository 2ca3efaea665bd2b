import express from 'express';
import { startExpress } from './express-application.js';

startExpress(express);
