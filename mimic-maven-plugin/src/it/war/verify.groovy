import java.util.zip.ZipFile

def war = new ZipFile(new File(basedir, 'target/it-war-1.war'))
def text = { name -> war.getInputStream(war.getEntry(name)).getText('UTF-8') }

assert text('help/page.html').contains('<title>x</title>\n  <script src="mimic-assets/mimic.js"')
assert text('WEB-INF/views/home.jsp').contains('<head>\n  <script src="${pageContext.request.contextPath}/mimic-assets/mimic.js"')
assert text('part.html') == '<p>fragment</p>\n'
assert war.getEntry('mimic-assets/recorder.js') != null
assert war.getEntry('mimic-assets/.gitattributes') == null
assert war.entries().nextElement().name == 'META-INF/' || war.entries().nextElement().name == 'META-INF/MANIFEST.MF'
war.close()

def properties = new File(basedir, 'src/main/resources/mimic.properties')
assert properties.text =~ /mimic\.project\.id=p_[0-9a-f]{20}/
assert !new File(basedir, 'src/main/webapp/help/page.html').text.contains('mimic-assets')

def log = new File(basedir, 'build.log').text
assert log.contains('commit')
assert log.contains('part.html') && log.contains('it is a fragment')
