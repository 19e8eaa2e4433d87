/** The engine as its users see it: open it, name a namespace, write, query. */
package io.elacsym.engine;
