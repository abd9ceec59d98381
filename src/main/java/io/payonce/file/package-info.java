/**
 * What is read from files and may be replaced while the program runs: watched values, and the
 * certificates of TLS. New content is checked before it is used; when it is bad, the old stays.
 */
package io.payonce.file;
