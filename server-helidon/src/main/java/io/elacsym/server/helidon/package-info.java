/** The server: starting and stopping it, its routes, errors and metrics. */
package io.elacsym.server.helidon;
