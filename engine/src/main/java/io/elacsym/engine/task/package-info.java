/**
 * How work runs: side by side, within deadlines, in the background in turns, and again after
 * failures that may pass. What it reads is counted on the way.
 */
package io.elacsym.engine.task;
