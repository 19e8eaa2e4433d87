/** Contract checks, and the host's side of the plugin interfaces for tests. */
package io.elacsym.tck;
