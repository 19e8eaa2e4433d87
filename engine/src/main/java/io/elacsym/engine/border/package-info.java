/** Where the host calls plugins: whatever they throw or answer is contained here, and named. */
package io.elacsym.engine.border;
