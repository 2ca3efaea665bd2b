import './style.css';
import { startRouter } from './router';

startRouter();
