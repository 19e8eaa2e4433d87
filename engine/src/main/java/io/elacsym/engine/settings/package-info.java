/** What an engine is opened with: checked settings, installed plugins, and seams to the world. */
package io.elacsym.engine.settings;
