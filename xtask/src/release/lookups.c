/* A static program of the GNU C library still loads the modules that the system's nsswitch.conf
   names (mDNS, systemd's, LDAP's), and with them the C library of that system: a second one in the
   same process, of another version, which ends it. Hosts are looked up in /etc/hosts and by DNS, and
   the user's home in /etc/passwd: that the program does itself, without any module. */

extern int __nss_configure_lookup(const char *database, const char *services);

__attribute__((constructor)) static void look_up_without_modules(void)
{
    __nss_configure_lookup("hosts", "files dns");
    __nss_configure_lookup("passwd", "files");
}
