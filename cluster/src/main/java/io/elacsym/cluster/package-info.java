/** A node of a cluster, as a whole. */
package io.elacsym.cluster;
