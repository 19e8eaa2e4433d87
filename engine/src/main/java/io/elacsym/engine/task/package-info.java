/** Running things side by side, and counting what they read. */
package io.elacsym.engine.task;
