/** Where a request goes, and who may write. */
package io.elacsym.cluster.route;
