/** Files of documents into a namespace and out of it, over HTTP. */
package io.elacsym.distribution.transfer;
