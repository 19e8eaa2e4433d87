/**
 * What every plugin shares: providers, their declared options, the host they run in, and errors.
 */
package io.elacsym.api;
