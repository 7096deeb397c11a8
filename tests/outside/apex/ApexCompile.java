// Compiles Apex with Salesforce's own compiler, through all of its stages (parse, resolve, validate, emit).
//
//   ApexCompile [-v] DIR...
//
// Each DIR is a project of its own: all *.cls under it are compiled together, against the custom objects under it.
// A class is compiled at the API version that its .cls-meta.xml names, as an org would do it.
// Prints "<DIR> TAB <file>:<line>:<column> TAB <message>" for each error and then "OK   <DIR>" or "FAIL <DIR>".
// Exit status: 0 no error, 1 errors, 2 wrong usage. -v shows the stubs and the stack traces.
//
// The compiler is apex-jorje-lsp.jar, which npm's prettier-plugin-apex carries for its parser. It brings no platform
// types that can be compiled against, so those come from standard-types-*.jar and sobject-types-*.jar, which npm's
// @salesforce/code-analyzer-pmd-engine carries: their Java signatures are turned into Apex stubs and symbol tables.
// What they lack comes from the stubs in the compiler's own jar.
import apex.jorje.semantic.compiler.*;
import apex.jorje.semantic.compiler.sfdc.*;
import apex.jorje.semantic.compiler.parser.ParserEngine;
import apex.jorje.semantic.common.*;
import apex.jorje.semantic.symbol.resolver.SymbolResolver;
import apex.jorje.semantic.symbol.type.*;
import apex.jorje.semantic.symbol.member.variable.*;
import apex.jorje.semantic.symbol.type.common.BiPredicates;
import apex.jorje.semantic.ast.modifier.ModifierGroups;
import apex.jorje.services.Version;
import apex.jorje.services.exception.CompilationException;
import apex.common.base.Initializers;
import java.lang.reflect.*;
import java.net.URI;
import java.nio.file.*;
import java.util.*;
import java.util.regex.*;
import java.util.stream.*;

public class ApexCompile {
  static boolean V = false;                                      // -v
  static final Version NEWEST = Version.V260;                    // API 67.0; the enum goes on, with versions that it does not yet compile
  record Stub(String ns, String name, String body) {}
  static final Map<String,Stub> LIB = new HashMap<>();           // StandardApexLibrary fallback
  static final Map<String,String> RUNFORCE = new HashMap<>();    // "system/json" -> class name in standard-types
  static final Map<String,String> SOBJ = new HashMap<>();        // "account" -> class name in sobject-types
  static final Map<String,Stub> GEN = new HashMap<>();
  static final String P = "com.nawforce.runforce.";
  // types that the compiler itself owns: never stub
  static final Set<String> OWN = Set.of("string","integer","long","double","decimal","boolean","id","blob","date","datetime","time","list","set","map","object","exception","sobject","currency","iterable","iterator");

  static void index() throws Exception {
    URI u = ApexCompile.class.getResource("/StandardApexLibrary/System/JSON.cls").toURI();
    try (FileSystem fs = FileSystems.newFileSystem(URI.create(u.toString().substring(0, u.toString().indexOf("!"))), Map.of()); Stream<Path> w = Files.walk(fs.getPath("/StandardApexLibrary"))) {
      for (Path p : (Iterable<Path>) w.filter(x -> x.toString().endsWith(".cls"))::iterator) {
        String ns = p.getParent().getFileName().toString(), n = p.getFileName().toString().replaceAll("\\.cls$", "");
        LIB.put((ns + "/" + n).toLowerCase(Locale.ROOT), new Stub(ns, n, Files.readString(p)));
      }
    }
    for (String cp : System.getProperty("java.class.path").split(":")) if (cp.matches(".*/(standard|sobject)-types-[^/]*\\.jar"))
      try (java.util.jar.JarFile j = new java.util.jar.JarFile(cp)) {
        j.stream().map(e -> e.getName()).filter(n -> n.endsWith(".class") && n.startsWith("com/nawforce/runforce/")).forEach(n -> {
          String[] q = n.substring(22, n.length() - 6).split("/"); if (q.length != 2) return;
          String cn = n.substring(0, n.length() - 6).replace('/', '.');
          if (q[0].equals("SObjects")) SOBJ.put(q[1].toLowerCase(Locale.ROOT), cn); else if (q[0].equals("SObjectStubs")) SOBJ.putIfAbsent(q[1].toLowerCase(Locale.ROOT), cn);
          else if (!q[0].equals("Internal") && q[1].indexOf('$') < 0) RUNFORCE.put((q[0] + "/" + q[1]).toLowerCase(Locale.ROOT), cn);
        });
      }
  }
  static String tn(Type t) {
    if (t instanceof Class<?> c) {
      if (c.isArray()) return "List<" + tn(c.getComponentType()) + ">";
      String n = c.getName();
      if (n.equals("void")) return "void"; if (n.equals("java.lang.Object")) return "Object"; if (n.equals("java.lang.String")) return "String";
      if (n.startsWith(P)) { String[] q = n.substring(P.length()).split("\\.", 2); String s = q[1].replace("$", ".");
        if (q[0].equals("Internal")) return switch (q[1]) { case "SObjectType$" -> "Schema.SObjectType"; case "RecordSet$" -> "List<SObject>"; case "Object$", "Any$", "Interface$", "Null$" -> "Object"; case "DescribeSObjectResult$" -> "Schema.DescribeSObjectResult"; default -> "Object"; };
        if (q[0].equals("SObjects") || q[0].equals("SObjectStubs")) return q[1];
        if (q[0].equals("System") && OWN.contains(q[1].toLowerCase(Locale.ROOT))) return q[1].equals("Currency") ? "Decimal" : q[1];
        return q[0] + "." + s; }
      return "Object";
    }
    if (t instanceof ParameterizedType p) { String r = tn(p.getRawType()); if (r.startsWith("Schema.") || r.equals("Object") || r.indexOf('<') >= 0) return r;
      return r + "<" + Arrays.stream(p.getActualTypeArguments()).map(ApexCompile::tn).collect(Collectors.joining(", ")) + ">"; }
    if (t instanceof TypeVariable<?> v) return v.getName();
    if (t instanceof WildcardType) return "Object";
    if (t instanceof GenericArrayType g) return "List<" + tn(g.getGenericComponentType()) + ">";
    return "Object";
  }
  static String params(Type[] ts) { StringBuilder b = new StringBuilder(); for (int i = 0; i < ts.length; i++) b.append(i == 0 ? "" : ", ").append(tn(ts[i])).append(" p").append(i); return b.toString(); }
  static void emit(Class<?> c, String name, StringBuilder b, boolean inner) throws Exception {
    if (c.isEnum()) { b.append("global enum ").append(name).append(" { ").append(Arrays.stream(c.getFields()).filter(Field::isEnumConstant).map(Field::getName).collect(Collectors.joining(", "))).append(" }\n"); return; }
    boolean itf = c.isInterface(); String tv = Arrays.stream(c.getTypeParameters()).map(TypeVariable::getName).collect(Collectors.joining(", "));
    b.append("global ").append(itf ? "interface " : Modifier.isAbstract(c.getModifiers()) ? "abstract class " : "virtual class ").append(name);
    if (!tv.isEmpty()) b.append("<").append(tv).append(">");
    if (!itf && c.getSuperclass() != null && c.getSuperclass() != Object.class) b.append(" extends ").append(tn(c.getGenericSuperclass()));
    String is = Arrays.stream(c.getGenericInterfaces()).map(ApexCompile::tn).filter(x -> !x.equals("Object")).collect(Collectors.joining(", "));
    if (!is.isEmpty()) b.append(itf ? " extends " : " implements ").append(is);
    b.append(" {\n"); Set<String> seen = new HashSet<>();
    boolean exc = false; for (Class<?> s = c.getSuperclass(); s != null; s = s.getSuperclass()) exc |= s.getName().equals(P + "System.Exception");
    if (!itf) {
      for (Field f : c.getDeclaredFields()) if (Modifier.isPublic(f.getModifiers()) && seen.add("F" + f.getName().toLowerCase()))
        b.append("  global ").append(Modifier.isStatic(f.getModifiers()) ? "static " : "").append(tn(f.getGenericType())).append(" ").append(f.getName().replace("$", "")).append(" { get; set; }\n");
      if (!exc) for (Constructor<?> k : c.getDeclaredConstructors()) { if (!Modifier.isPublic(k.getModifiers())) continue; String s = "  global " + name + "(" + params(k.getGenericParameterTypes()) + ") {}\n"; if (seen.add(s.toLowerCase())) b.append(s); }
    }
    for (Method m : c.getDeclaredMethods()) {
      if (m.isSynthetic() || m.isBridge() || !Modifier.isPublic(m.getModifiers())) continue; String mn = m.getName().replace("$", "");
      if (exc && mn.matches("getDml.*|getNumDml")) { }
      String sig = mn + "(" + params(m.getGenericParameterTypes()) + ")"; if (!seen.add(sig.toLowerCase())) continue;
      if (itf) b.append("  ").append(tn(m.getGenericReturnType())).append(" ").append(sig).append(";\n");
      else b.append("  global ").append(Modifier.isStatic(m.getModifiers()) ? "static " : Modifier.isAbstract(m.getModifiers()) ? "abstract " : "virtual ").append(tn(m.getGenericReturnType())).append(" ").append(sig).append(Modifier.isAbstract(m.getModifiers()) ? ";\n" : " {}\n");
    }
    if (!inner) for (Class<?> i : c.getDeclaredClasses()) emit(i, i.getSimpleName(), b, true);
    b.append("}\n");
  }
  static Stub stub(String k) {
    return GEN.computeIfAbsent(k, q -> {
      String cn = RUNFORCE.get(q);
      if (cn == null) return LIB.get(q);
      try { String[] s = cn.substring(P.length()).split("\\."); if (s[0].equals("System") && OWN.contains(s[1].toLowerCase())) return null; Class<?> c = Class.forName(cn, false, ApexCompile.class.getClassLoader()); StringBuilder b = new StringBuilder(); emit(c, s[1], b, false); return new Stub(s[0], s[1], b.toString()); }
      catch (Throwable t) { if (V) t.printStackTrace(); return LIB.get(q); }
    });
  }
  static class SP extends TestSymbolProvider {
    final Map<String,TypeInfo> done = new HashMap<>(); final Map<String,SObjectTypeInfo> sobjs = new HashMap<>(); final Map<String,Map<String,String[]>> custom; SymbolResolver sym;
    SP(Map<String,Map<String,String[]>> custom) { this.custom = custom; }
    @Override public TypeInfo find(SymbolResolver s, TypeInfo r, String n) {
      sym = s; String k = n.toLowerCase(Locale.ROOT);
      if (done.containsKey(k)) return done.get(k);
      if (k.equals("system/apexbaseexception")) { StandardTypeInfoImpl.Builder b = StandardTypeInfoImpl.builder(); TypeInfo o = super.find(s, r, n); b.setBytecodeName(o.getBytecodeName()); b.setApexName(o.getApexName()); b.setNamespace(o.getNamespace()); b.setParents(TypeInfos.EXCEPTION); b.setModifiers(ModifierGroups.GLOBAL_VIRTUAL); b.setMethods(apex.jorje.semantic.bcl.ExceptionMethods.methodsWithConstructors()); TypeInfo t = (TypeInfo) b.buildResolved(); done.put(k, t); return t; }
      TypeInfo builtin = super.find(s, r, n); Stub st = builtin != null && KEEP.contains(k) ? null : stub(k);
      TypeInfo t = builtin;
      if (t == null && RUNFORCE.containsKey(k)) t = special(s, r, k);
      if (t == null && st != null || t == builtin && st != null) { SourceFile f = SourceFile.builder().setBody(st.body()).setNamespace(Namespaces.create(st.ns())).setKnownName(n).setTrusted(true).setFileBased(true).setMocked(true).setVersion(NEWEST).build();
        if (V) System.err.println("stub " + n + "\n" + st.body());
        t = s.getCompilerService().attachSource(s, f, n); }
      done.put(k, t); if (V) System.err.println("find " + n + " -> " + t);
      return t;
    }
    // exceptions and classes whose method names are reserved words (Database.insert ..) cannot be written as source: build them
    static final Set<String> RES = Set.of("insert","update","delete","upsert","merge","undelete","rollback","retrieve","commit","set","sort","join");
    TypeInfo ti(SymbolResolver s, TypeInfo r, Type t) {
      if (t instanceof ParameterizedType pr && pr.getRawType() instanceof Class<?> rr && rr.getSimpleName().equals("RecordSet$") || t instanceof Class<?> r2 && r2.getSimpleName().equals("RecordSet$")) return GenericTypeInfoFactory.createList(TypeInfos.SOBJECT);
      if (t instanceof ParameterizedType p && p.getRawType() instanceof Class<?> rc && rc.getName().startsWith(P + "System.")) { TypeInfo[] as = Arrays.stream(p.getActualTypeArguments()).map(x -> ti(s, r, x)).toArray(TypeInfo[]::new);
        switch (rc.getSimpleName()) { case "List": return GenericTypeInfoFactory.createList(as[0]); case "Set": return GenericTypeInfoFactory.createSet(as[0]); case "Map": return GenericTypeInfoFactory.createMap(as[0], as[1]); default: } }
      if (!(t instanceof Class<?> c)) return TypeInfos.OBJECT;
      if (c == void.class) return TypeInfos.VOID;
      String n = c.getName(); if (!n.startsWith(P)) return TypeInfos.OBJECT;
      String[] q = n.substring(P.length()).split("\\."); String lo = q[1].toLowerCase(Locale.ROOT);
      if (q[0].equals("System")) { if (lo.equals("sobject")) return TypeInfos.SOBJECT; if (lo.equals("exception")) return TypeInfos.EXCEPTION; if (!lo.matches("list|set|map|iterable|iterator") && OWN.contains(lo)) return std(q[1]); }
      TypeInfo x = find(s, r, (q[0] + "/" + q[1]).toLowerCase(Locale.ROOT)); return x == null ? TypeInfos.OBJECT : x;
    }
    TypeInfo special(SymbolResolver s, TypeInfo r, String k) {
      try { Class<?> c = Class.forName(RUNFORCE.get(k), false, ApexCompile.class.getClassLoader()); String[] q = c.getName().substring(P.length()).split("\\.");
        boolean exc = false; for (Class<?> z = c.getSuperclass(); z != null; z = z.getSuperclass()) exc |= z.getName().equals(P + "System.Exception");
        boolean res = !c.isEnum() && !c.isInterface() && Arrays.stream(c.getDeclaredMethods()).anyMatch(m -> RES.contains(m.getName().toLowerCase(Locale.ROOT)));
        if (!exc && !res) return null;
        StandardTypeInfoImpl.Builder b = StandardTypeInfoImpl.builder(); b.setBytecodeName(k); b.setApexName(q[0] + "." + q[1]); b.setModifiers(ModifierGroups.GLOBAL_VIRTUAL);
        if (exc) { b.setParents(TypeInfos.EXCEPTION); b.setMethods(apex.jorje.semantic.bcl.ExceptionMethods.methodsWithConstructors()); }
        else { b.setParents(TypeInfos.OBJECT); b.setMethods(Initializers.<apex.jorje.semantic.symbol.member.method.MethodTable,TypeInfo>memoize(type -> {
          List<apex.jorje.semantic.symbol.member.method.MethodInfo> ms = new ArrayList<>();
          for (Method m : c.getDeclaredMethods()) { if (m.isSynthetic() || !Modifier.isPublic(m.getModifiers())) continue;
            ms.add(apex.jorje.semantic.symbol.member.method.StandardMethodInfo.builder().setGenerated(apex.jorje.semantic.symbol.member.method.Generated.BUILT_IN).setDefiningType(type).setModifiers(Modifier.isStatic(m.getModifiers()) ? ModifierGroups.GLOBAL_STATIC : ModifierGroups.GLOBAL_VIRTUAL).setReturnType(ti(s, r, m.getGenericReturnType())).setName(m.getName().replace("$", "")).setNamedParameterTypes(Arrays.stream(m.getGenericParameterTypes()).map(x -> ti(s, r, x)).toArray(TypeInfo[]::new)).build()); }
          return apex.jorje.semantic.symbol.member.method.MethodTableFactory.newMethodTable(new apex.jorje.semantic.symbol.member.method.StandardMethodTable(), ms); })); }
        return (TypeInfo) b.buildResolved();
      } catch (Throwable t) { if (V) t.printStackTrace(); return null; }
    }
    static final Set<String> KEEP = Set.of("system/apexbaseclass","system/iterable","system/iterator","system/comparator","schema/sobjecttype","schema/sobjectfield","system/exception");
    TypeInfo std(String simple) { return switch (simple) { case "String" -> TypeInfos.STRING; case "Integer" -> TypeInfos.INTEGER; case "Long" -> TypeInfos.LONG; case "Double" -> TypeInfos.DOUBLE; case "Decimal", "Currency" -> TypeInfos.DECIMAL; case "Boolean" -> TypeInfos.BOOLEAN; case "Id" -> TypeInfos.ID; case "Blob" -> TypeInfos.BLOB; case "Date" -> TypeInfos.DATE; case "Datetime" -> TypeInfos.DATE_TIME; case "Time" -> TypeInfos.TIME; default -> TypeInfos.OBJECT; }; }
    void add(MultipleFieldTable ft, TypeInfo def, String n, TypeInfo t, SObjectFieldInfo.Category cat) {
      SObjectFieldInfo.Builder b = SObjectFieldInfo.builder(); b.setName(n); b.setModifiers(ModifierGroups.ONLY_GLOBAL); b.setDefiningType(def); b.setType(t); b.setCategory(cat); if (n.equalsIgnoreCase("Id")) b.setPrimaryKey(true); ft.add((FieldInfo) b.build());
      SObjectFieldInfo.Builder s = SObjectFieldInfo.builder(); s.setName(n); s.setModifiers(ModifierGroups.GLOBAL_STATIC); s.setDefiningType(def); s.setType(TestStandardTypeInfos.SOBJECT_FIELD); s.setCategory(SObjectFieldInfo.Category.REGULAR); ft.add((FieldInfo) s.build());
    }
    @Override public TypeInfo getSObjectType(TypeInfo r, String n) {
      String k = n.toLowerCase(Locale.ROOT);
      if (sobjs.containsKey(k)) return sobjs.get(k);
      String cn = SOBJ.get(k); Map<String,String[]> cf = custom.get(k);
      if (cn == null && cf == null) { return null; }
      String real = cn != null ? cn.substring(cn.lastIndexOf('.') + 1) : cf.get("")[0];
      SObjectTypeInfo.Builder b = SObjectTypeInfo.builder(); b.setApexBytecodeName(real);
      b.setMetadata(SObjectMetadata.builder().setTriggerable(true).setLookupFieldPredicate(BiPredicates.alwaysTrue()).build());
      b.setFields(Initializers.<FieldTable,TypeInfo>memoize(type -> {
        MultipleFieldTable ft = new MultipleFieldTable(); Set<String> have = new HashSet<>();
        if (cn != null) try { Class<?> c = Class.forName(cn, false, ApexCompile.class.getClassLoader());
          for (Field f : c.getFields()) { Class<?> fc = f.getType(); String fn = f.getName(); if (Modifier.isStatic(f.getModifiers()) || !have.add(fn.toLowerCase())) continue; String q = fc.getName();
            if (q.startsWith(P + "SObjects.")) { TypeInfo x = getSObjectType(r, fc.getSimpleName()); add(ft, type, fn, x == null ? TypeInfos.SOBJECT : x, SObjectFieldInfo.Category.FOREIGN_KEY); }
            else if (q.endsWith("Internal.RecordSet$") || q.equals(P + "System.List")) { Type a = f.getGenericType() instanceof ParameterizedType pt ? pt.getActualTypeArguments()[0] : Object.class; TypeInfo x = a instanceof Class<?> ac ? getSObjectType(r, ac.getSimpleName()) : null; add(ft, type, fn, GenericTypeInfoFactory.createList(x == null ? TypeInfos.SOBJECT : x), SObjectFieldInfo.Category.AGGREGATE); }
            else if (q.equals(P + "System.SObject")) add(ft, type, fn, TypeInfos.SOBJECT, SObjectFieldInfo.Category.FOREIGN_KEY);
            else add(ft, type, fn, std(fc.getSimpleName()), SObjectFieldInfo.Category.REGULAR); }
        } catch (Throwable t) { if (V) t.printStackTrace(); }
        else for (String[] s : new String[][]{{"Id","Id"},{"Name","String"},{"CreatedDate","Datetime"},{"LastModifiedDate","Datetime"},{"SystemModstamp","Datetime"},{"CreatedById","Id"},{"LastModifiedById","Id"},{"OwnerId","Id"},{"IsDeleted","Boolean"}}) if (have.add(s[0].toLowerCase())) add(ft, type, s[0], std(s[1]), SObjectFieldInfo.Category.REGULAR);
        if (cf != null) for (Map.Entry<String,String[]> e : cf.entrySet()) { if (e.getKey().isEmpty() || !have.add(e.getKey())) continue; String fn = e.getValue()[0], ty = e.getValue()[1];
          TypeInfo t = switch (ty) { case "Number","Currency","Percent","Summary" -> TypeInfos.DECIMAL; case "Checkbox" -> TypeInfos.BOOLEAN; case "Date" -> TypeInfos.DATE; case "DateTime" -> TypeInfos.DATE_TIME; case "Time" -> TypeInfos.TIME; case "Lookup","MasterDetail","Hierarchy","MetadataRelationship" -> TypeInfos.ID; default -> TypeInfos.STRING; };
          add(ft, type, fn, t, SObjectFieldInfo.Category.REGULAR);
          if (t == TypeInfos.ID && e.getValue()[2] != null) { TypeInfo x = getSObjectType(r, e.getValue()[2]); add(ft, type, fn.replaceAll("__c$", "__r"), x == null ? TypeInfos.SOBJECT : x, SObjectFieldInfo.Category.FOREIGN_KEY); } }
        return ft.resolve();
      }));
      SObjectTypeInfo t = b.buildResolved(); sobjs.put(k, t); return t;
    }
  }
  static String tag(String x, String t) { Matcher m = Pattern.compile("<" + t + ">([^<]*)</" + t + ">").matcher(x); return m.find() ? m.group(1).trim() : null; }
  static Map<String,Map<String,String[]>> objects(Path d) throws Exception {
    Map<String,Map<String,String[]>> r = new HashMap<>();
    try (Stream<Path> w = Files.walk(d)) { for (Path p : (Iterable<Path>) w::iterator) { String f = p.getFileName().toString();
      if (f.endsWith(".object-meta.xml")) { String n = f.replace(".object-meta.xml", ""); r.computeIfAbsent(n.toLowerCase(), z -> new HashMap<>()).put("", new String[]{n}); }
      if (f.endsWith(".field-meta.xml") && p.getParent().getFileName().toString().equals("fields")) { String n = p.getParent().getParent().getFileName().toString(), x = Files.readString(p), fn = f.replace(".field-meta.xml", ""); Map<String,String[]> m = r.computeIfAbsent(n.toLowerCase(), z -> new HashMap<>()); m.putIfAbsent("", new String[]{n}); m.put(fn.toLowerCase(), new String[]{fn, tag(x, "type") == null ? "Text" : tag(x, "type"), tag(x, "referenceTo")}); } } }
    return r;
  }
  static Path meta(Path cls) { return cls.resolveSibling(cls.getFileName() + "-meta.xml"); }
  // a missing or unreadable -meta.xml is the business of the other checkers
  static Version version(Path cls) throws Exception {
    String s = Files.exists(meta(cls)) ? tag(Files.readString(meta(cls)), "apiVersion") : null;
    if (s == null || !s.matches("\\d+(\\.\\d+)?")) return NEWEST;
    for (Version v : Version.values()) if (v.getExternal() == Double.parseDouble(s) && v.getExternal() <= NEWEST.getExternal()) return v;
    return null;
  }
  static Path EMIT = null; // where ApexRun wants the bytecode
  static void dump(CompilationOutput o) throws Exception { String n = new org.objectweb.asm.ClassReader(o.getBytes()).getClassName(); Path f = EMIT.resolve(n + ".class"); Files.createDirectories(f.getParent()); Files.write(f, o.getBytes()); for (CompilationOutput i : o.getInnerOutputs().values()) dump(i); }
  static int check(String label, List<Path> files, Map<String,Map<String,String[]>> custom) throws Exception {
    List<SourceFile> src = new ArrayList<>(); Map<SourceFile,Path> at = new IdentityHashMap<>(); List<String> out = new ArrayList<>(); Map<String,Path> names = new HashMap<>();
    for (Path f : files) { String kn = f.getFileName().toString().replaceAll("\\.cls$", "");
      Path dup = names.putIfAbsent(kn.toLowerCase(), f); if (dup != null) out.add(f + ":1:1\tDuplicate class file name: " + dup);
      Version v = version(f); if (v == null) { out.add(f + ":1:1\tThe compiler does not know the API version of " + meta(f)); v = NEWEST; }
      SourceFile sf = SourceFile.builder().setBody(Files.readString(f)).setKnownName(kn).setVersion(v).build(); src.add(sf); at.put(sf, f); }
    CompilationInput in = new CompilationInput(src, new SP(custom), new TestAccessEvaluator().setHasApexGenericType(true), new TestQueryValidators.Noop(), null, NoopCompilerProgressCallback.get());
    ApexCompiler c = ApexCompiler.builder().setInput(in).setParserType(ParserEngine.Type.NAMED).setHiddenTokenBehavior(ParserEngine.HiddenTokenBehavior.IGNORE).setValidationSettings(ValidationSettings.getServerCompileSettings()).build();
    try { c.compile(CompilerStage.EMIT); } catch (Throwable t) { out.add("<crash>\t" + t); if (V) t.printStackTrace(); }
    if (EMIT != null && out.isEmpty()) for (CodeUnit u : c.getCodeUnits()) if (at.containsKey(u.getSourceFile()) && u.getErrors().get().isEmpty()) dump(u.getOutput());
    for (CodeUnit u : c.getCodeUnits()) {
      Path p = at.get(u.getSourceFile());
      for (CompilationException e : u.getErrors().get()) { String m = e.getLoc().getLine() + ":" + e.getLoc().getColumn() + "\t" + e.getError(); if (p != null) out.add(p + ":" + m); else if (V) System.out.println("<stub " + u.getSourceFile().getKnownName() + ">:" + m); }
      if (p != null && u.getErrors().get().isEmpty()) { String n = u.getName(), want = p.getFileName().toString().replaceAll("\\.cls$", ""); if (n != null && !n.equals(want)) out.add(p + ":1:1\tFile is named " + want + " but declares " + n); }
    }
    for (String o : out) System.out.println(label + "\t" + o);
    System.out.println((out.isEmpty() ? "OK   " : "FAIL ") + label);
    return out.size();
  }
  static List<Path> classes(Path dir) throws Exception { try (Stream<Path> w = Files.walk(dir)) { return w.filter(x -> x.toString().endsWith(".cls")).sorted().collect(Collectors.toList()); } }
  public static void main(String[] a) throws Exception {
    java.util.logging.LogManager.getLogManager().reset();
    index(); int bad = 0, projects = 0;
    for (String s : a) {
      if (s.equals("-v")) { V = true; continue; }
      Path d = Paths.get(s); projects++;
      if (!Files.isDirectory(d)) { System.err.println("not a folder: " + d); System.exit(2); }
      if (check(s, classes(d), objects(d)) > 0) bad++;
    }
    if (projects == 0) { System.err.println("usage: ApexCompile [-v] DIR..."); System.exit(2); }
    System.exit(bad > 0 ? 1 : 0);
  }
}
