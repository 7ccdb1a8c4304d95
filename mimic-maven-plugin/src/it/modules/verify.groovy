def page = new File(basedir, 'web/src/main/webapp/a/index.html').bytes
assert page == '<HTML><HEAD><META CHARSET="windows-1252"><TITLE>gr\u00fc\u00dfe</TITLE></HEAD></HTML>'.getBytes('windows-1252')
assert !new File(basedir, 'web/src/main/webapp/mimic-assets').exists()
assert !new File(basedir, 'lib/src/main/resources/static/lib.html').text.contains('mimic')
assert new File(basedir, 'lib/src/main/resources/mimic.properties').text.contains('mimic.project.id=')
assert new File(basedir, 'web/src/main/resources/mimic.properties').text.contains('mimic.project.id=')

def log = new File(basedir, 'build.log').text
assert log.contains('2 pages have no recorder')
assert log.contains('1 page: 1 with recorder')
assert log.contains('1 page: 1 restored')
