/**
 * Open namespaces: who owns writing, how requests reach a snapshot, what runs in the background.
 */
package io.elacsym.engine.namespace;
