// Asks the registry, as Maven itself would, what the newest version of each library that runs is,
// and writes the table anew with the answers; fails when the committed one says something else.
import org.eclipse.aether.RepositorySystem
import org.eclipse.aether.artifact.DefaultArtifact
import org.eclipse.aether.resolution.ArtifactDescriptorRequest
import org.eclipse.aether.resolution.ArtifactRequest
import org.eclipse.aether.resolution.VersionRangeRequest

def maven = session.lookup(RepositorySystem.name)
def repositories = project.remoteProjectRepositories
def aether = session.repositorySession

def isRelease = { !(it ==~ /(?i).*[.-](alpha|beta|rc|cr|m|ea|pre|preview|snapshot|incubating)[.-]?\d*.*/) }

// What the list names is not all there: a jar or the POM of its parent may be missing.
def resolves = { library, version ->
  def jar = new DefaultArtifact(
      library.groupId, library.artifactId, library.classifier ?: '', library.type, version)
  try {
    def described = maven.readArtifactDescriptor(
        aether, new ArtifactDescriptorRequest(jar, repositories, null))
    maven.resolveArtifact(aether, new ArtifactRequest(jar, repositories, null))
    described.relocations.empty
  } catch (org.eclipse.aether.RepositoryException missing) {
    log.debug("$jar: $missing.message")
    false
  }
}

def newest = { library ->
  def from = new DefaultArtifact(
      library.groupId, library.artifactId, '', 'pom', "[$library.version,)")
  def listed = maven.resolveVersionRange(
      aether, new VersionRangeRequest(from, repositories, null)).versions*.toString()
  listed.reverse().find { it == library.version || isRelease(it) && resolves(library, it) }
}

def committed = new File(project.basedir, 'src/build/libraries.txt')
def rows = committed.readLines().findAll { it && !it.startsWith('#') }*.split(/ +/, 4)
def reasons = rows.collectEntries { [it[0], it.size() > 3 ? it[3] : ''] }

def table = project.artifacts
    .findAll { it.scope in ['compile', 'runtime'] }
    .collectEntries {
      [[it.groupId, it.artifactId, it.classifier].findAll().join(':'), [it.version, newest(it)]]
    }
    .sort()
    .collect { name, versions ->
      def old = versions[0] != versions[1]
      [name.padRight(68), versions[0].padRight(14), versions[1].padRight(14), old ? reasons[name] ?: '' : '']
          .join(' ').trim()
    }

def head = committed.readLines().takeWhile { it.startsWith('#') }
def fresh = new File(project.build.directory, 'libraries.txt')
fresh.parentFile.mkdirs()
fresh.text = (head + table).join('\n') + '\n'

def said = rows.collectEntries { [it[0], it[1..2]] }
def differ = table.findAll { said[it.split(/ +/)[0]] != it.split(/ +/, 4)[1..2] }
differ.each { log.warn(it) }
if (differ || said.size() != table.size()) {
  throw new org.apache.maven.plugin.MojoFailureException(
      "the registry says otherwise than $committed: see $fresh; take the newer, or say why not with today's date")
}
log.info("${table.size()} libraries are as $committed says")
