/** What a write means: which documents and ids it comes to, given what is there. */
package io.elacsym.engine.write;
