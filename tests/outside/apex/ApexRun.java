// Runs the @IsTest methods of Apex projects without an org.
//
//   ApexRun [-t Class[.method]] DIR...
//
// Salesforce's compiler (see ApexCompile) emits JVM bytecode that calls the platform's run-time library, which is not
// public. The names of that library are mapped here to our small stand-in, Rt.java, and calls are linked when they are
// first made: a call that Rt lacks matters only to a test that reaches it.
// Each test method gets fresh classes, so static variables start anew, as on the platform.
// Prints "PASS|FAIL|UNSUPPORTED <DIR> TAB <Class.method> TAB <why>" for each test, "NOTCOMPILED <DIR>" for a project with
// errors, and then "DONE <DIR> TAB <number of tests>" for each project.
// Exit status: 0 all pass, 1 otherwise. Environment: DEBUG=1 shows System.debug and how many statements each test executed, COVER=1 the lines with code that were not executed, TRACE=1 stacks.
import org.objectweb.asm.*; import org.objectweb.asm.commons.*; import java.lang.invoke.*; import java.nio.file.*; import java.util.*; import java.util.stream.*;
public class ApexRun {
  static final Map<String, byte[]> user = new HashMap<>(); static final Map<String, List<String[]>> flds = new HashMap<>(); static final List<String[]> tests = new ArrayList<>(); static final Map<String, String> shim = new HashMap<>(); static final Map<String, Set<Integer>> lines = new TreeMap<>(), hit = new TreeMap<>();
  static String map(String n) {
    if (user.containsKey(n) || n.startsWith("java/") && !n.equals("java/lang/Exception")) return n;
    if (n.equals("java/lang/Exception")) return n;
    if (n.startsWith("com/salesforce/api/fast/List")) return "rt/Rt$AList"; if (n.startsWith("com/salesforce/api/fast/Set")) return "rt/Rt$ASet"; if (n.startsWith("com/salesforce/api/fast/Map")) return "rt/Rt$AMap";
    switch (n) { case "com/salesforce/api/System", "com/salesforce/api/fast/System": return "rt/Rt$Sys"; case "System/ApexBaseClass": return "rt/Rt$ABase"; case "System/ApexBaseException": return "rt/Rt$AEx"; case "com/force/swag/soap/DateOnlyWrapper": return "rt/Rt$ADate"; case "com/force/swag/soap/Time": return "rt/Rt$ATime"; case "com/force/swag/id/ID": return "rt/Rt$AId"; case "core/filemanager/BlobValue": return "rt/Rt$ABlob"; default: }
    if (n.equalsIgnoreCase("system/nullpointerexception")) return "java/lang/NullPointerException"; if (n.equalsIgnoreCase("system/mathexception")) return "java/lang/ArithmeticException";
    if (n.startsWith("com/salesforce/api/interop/apex/bcl/")) return "rt/Rt$" + n.substring(36);
    if (n.startsWith("com/salesforce/api/entity/")) return "rt/Rt$ASObject";
    String k = ("s_" + n.replace('/', '_')).toLowerCase(Locale.ROOT); return shim.getOrDefault(k, "missing/" + n.replace('$', '_'));
  }
  static class Ldr extends ClassLoader { Ldr() { super(ApexRun.class.getClassLoader()); }
    @Override protected Class<?> findClass(String n) throws ClassNotFoundException { String i = n.replace('.', '/'); byte[] b = user.get(i);
      if (b != null) { byte[] t = ready.computeIfAbsent(i, k -> xform(k, b)); return defineClass(n, t, 0, t.length); }
      if (i.startsWith("missing/")) { ClassWriter w = new ClassWriter(0); boolean itf = ifaces.contains(i); w.visit(52, Opcodes.ACC_PUBLIC | (itf ? Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT : 0), i, null, "java/lang/Object", null); w.visitEnd(); byte[] t = w.toByteArray(); return defineClass(n, t, 0, t.length); }
      throw new ClassNotFoundException(n); } }
  static int pub(int a) { return a & ~(Opcodes.ACC_PRIVATE | Opcodes.ACC_PROTECTED) | Opcodes.ACC_PUBLIC; } // inner classes reach private members of the outer one
  static final Set<String> EXC = Set.of("java/lang/Exception", "java/lang/NullPointerException", "java/lang/ArithmeticException");
  static final Set<String> ifaces = new HashSet<>(); static final Map<String, byte[]> ready = new HashMap<>();
  static byte[] xform(String cn, byte[] b) {
    ClassReader r = new ClassReader(b); ClassWriter w = new ClassWriter(r, ClassWriter.COMPUTE_MAXS);
    Remapper rm = new Remapper() { @Override public String map(String n) { return ApexRun.map(n); } };
    ClassVisitor indy = new ClassVisitor(Opcodes.ASM7, w) {
      @Override public void visit(int v, int a, String n, String s, String sup, String[] it) { super.visit(52, pub(a), n, s, sup, it); }
      @Override public FieldVisitor visitField(int a, String n, String d, String s, Object v) { return super.visitField(pub(a) & ~Opcodes.ACC_FINAL, n, d, s, v); }
      @Override public MethodVisitor visitMethod(int a, String n, String d, String s, String[] e) { return new JSRInlinerAdapter(new MethodVisitor(Opcodes.ASM7, super.visitMethod(pub(a), n, d, s, e)) {
        int constant = -1;
        @Override public void visitInsn(int op) { if (op >= Opcodes.ICONST_0 && op <= Opcodes.ICONST_5) constant = op - Opcodes.ICONST_0; super.visitInsn(op); }
        @Override public void visitIntInsn(int op, int v) { constant = v; super.visitIntInsn(op, v); }
        @Override public void visitLdcInsn(Object v) { if (v instanceof Integer n) constant = n; super.visitLdcInsn(v); }
        @Override public void visitMethodInsn(int op, String o, String mn, String md, boolean i) {
          if (mn.equals("statementExecuted") && constant > 0) lines.computeIfAbsent(cn.replaceAll("\\$.*", ""), z -> new TreeSet<>()).add(constant);
          boolean plat = o.startsWith("rt/") || o.startsWith("missing/") || EXC.contains(o) && !mn.equals("<init>");
          if (plat && !mn.equals("<init>") && op != Opcodes.INVOKESPECIAL) { String dd = op == Opcodes.INVOKESTATIC ? md : "(L" + o + ";" + md.substring(1);
            super.visitInvokeDynamicInsn(mn.replace("<", "").replace(">", ""), dd, new Handle(Opcodes.H_INVOKESTATIC, "ApexRun", "boot", "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;Ljava/lang/String;ILjava/lang/String;)Ljava/lang/invoke/CallSite;", false), o, op == Opcodes.INVOKESTATIC ? 1 : 0, cn); }
          else super.visitMethodInsn(op, o, mn, md, i); } }, a, n, d, s, e); } };
    r.accept(new ClassRemapper(indy, rm), 0); return w.toByteArray();
  }
  // a condition that holds is reported with the negative number of the line where it ends, which may not be the one where its statement begins
  public static void stmt(Set<Integer> lines, Integer l) { lines.add(l); if (++executed > LIMIT) throw new Endless(); }
  static int lineOf(Set<Integer> lines, int l) { Integer begin = l > 0 ? (Integer) l : ((TreeSet<Integer>) lines).floor(-l); return begin == null ? 0 : begin; }
  public static CallSite boot(MethodHandles.Lookup lk, String n, MethodType t, String owner, int stat, String cn) throws Throwable {
    if (owner.equals("rt/Rt$Sys") && n.equals("statementExecuted")) return new ConstantCallSite(MethodHandles.insertArguments(MethodHandles.lookup().findStatic(ApexRun.class, "stmt", MethodType.methodType(void.class, Set.class, Integer.class)), 0, hit.computeIfAbsent(cn.replaceAll("\\$.*", ""), z -> new HashSet<>())).asType(t));
    Class<?> c; try { c = Class.forName(owner.replace('/', '.'), true, lk.lookupClass().getClassLoader()); } catch (ClassNotFoundException e) { c = null; }
    if (EXC.contains(owner)) stat = 1; int ar = t.parameterCount() - (stat == 1 ? 0 : 1); java.lang.reflect.Method best = null; int bs = -1; Class<?>[] cands = c == null ? new Class<?>[0] : EXC.contains(owner) ? new Class<?>[]{ rt.Rt.ExM.class } : new Class<?>[]{ c };
    for (Class<?> k : cands) for (java.lang.reflect.Method m : k.getMethods()) { if (!m.getName().equalsIgnoreCase(n) || m.getParameterCount() != ar || (java.lang.reflect.Modifier.isStatic(m.getModifiers()) ? 1 : 0) != stat) continue; int s = 0; for (int i = 0; i < ar; i++) { Class<?> want = m.getParameterTypes()[i], has = t.parameterType(i + 1 - stat); s += want == has ? 3 : want.isAssignableFrom(has) ? 1 : has.isAssignableFrom(want) ? 0 : -9; } if (best == null || s > bs) { best = m; bs = s; } }
    MethodHandle h = null;
    if (best != null) { best.setAccessible(true); h = MethodHandles.lookup().unreflect(best); }
    else if (stat == 1 && owner.matches("rt/Rt\\$(String|Integer|Long|Double|Decimal|Boolean)Methods") && ar > 0) { Class<?> j = t.parameterType(0); for (java.lang.reflect.Method m : j.getMethods()) if (m.getName().equalsIgnoreCase(n) && m.getParameterCount() == ar - 1 && !java.lang.reflect.Modifier.isStatic(m.getModifiers())) try { h = MethodHandles.lookup().unreflect(m); h.asType(t); break; } catch (WrongMethodTypeException e) { h = null; } }
    if (h == null) h = MethodHandles.dropArguments(MethodHandles.insertArguments(MethodHandles.lookup().findStatic(ApexRun.class, "uns", MethodType.methodType(Object.class, String.class)), 0, owner.replace("rt/Rt$", "").replace("missing/", "") + "." + n + t), 0, t.parameterList());
    return new ConstantCallSite(h.asType(t));
  }
  // an Error: generated code that catches Exception must not hide that a call is missing here
  public static class Missing extends Error { Missing(String s) { super(s); } }
  public static Object uns(String s) { throw new Missing("not in our run-time library: " + s); }
  // an org stops a transaction after ten seconds, and no code can catch that; who asks for more statements than this would take longer
  static final long LIMIT = 10_000_000; static long executed;
  public static class Endless extends Error { Endless() { super("more than " + LIMIT + " statements were executed"); } }
  static String only;
  static int bad;
  public static void main(String[] a) throws Exception {
    java.util.logging.LogManager.getLogManager().reset(); ApexCompile.index();
    for (Class<?> c : rt.Rt.class.getDeclaredClasses()) shim.put(c.getSimpleName().toLowerCase(Locale.ROOT), c.getName().replace('.', '/'));
    for (int i = 0; i < a.length; i++) if (a[i].equals("-t")) only = a[++i]; else project(a[i]);
    System.exit(bad > 0 ? 1 : 0);
  }
  static void project(String dir) throws Exception {
    for (Map<?, ?> m : List.of(user, ready, flds, lines, hit)) m.clear(); tests.clear(); ifaces.clear();
    Path tmp = Files.createTempDirectory("apexrun"), d = Paths.get(dir); ApexCompile.EMIT = tmp;
    try {
      if (ApexCompile.check(dir, ApexCompile.classes(d), ApexCompile.objects(d)) > 0) { System.out.println("NOTCOMPILED " + dir); bad++; return; }
      try (Stream<Path> w = Files.walk(tmp)) { for (Path p : (Iterable<Path>) w.filter(x -> x.toString().endsWith(".class"))::iterator) { byte[] b = Files.readAllBytes(p); user.put(new ClassReader(b).getClassName(), b); } }
    } finally { try (Stream<Path> w = Files.walk(tmp)) { for (Path p : w.sorted(Comparator.reverseOrder()).toList()) Files.delete(p); } }
    index();
    tests.sort(Comparator.comparing((String[] x) -> x[0]).thenComparing(x -> x[1])); int n = 0;
    for (String[] t : tests) if (only == null || only.equals(t[0]) || only.equals(t[0] + "." + t[1])) { test(dir, t[0], t[1]); n++; }
    if (System.getenv("COVER") != null) {
      user.forEach((k, v) -> ready.computeIfAbsent(k, z -> xform(k, v))); // classes that nothing has loaded have lines, too
      lines.forEach((k, v) -> { Set<Integer> missed = new TreeSet<>(v); hit.getOrDefault(k, Set.of()).forEach(l -> missed.remove(lineOf(v, l))); System.out.println("COVER " + dir + "\t" + k + "\t" + v.size() + "\t" + missed.toString().replaceAll("[\\[\\] ]", "")); });
    }
    System.out.println("DONE " + dir + "\t" + n);
  }
  // the fields of each class, and the test methods: those that announce a test context to the platform
  static void index() {
    for (byte[] b : user.values()) new ClassReader(b).accept(new ClassVisitor(Opcodes.ASM7) { String cn; 
      @Override public void visit(int v, int ac, String n, String s, String sup, String[] it) { cn = n; flds.put(n, new ArrayList<>()); for (String i : it) if (map(i).startsWith("missing/")) ifaces.add(map(i)); }
      @Override public FieldVisitor visitField(int ac, String n, String ds, String s, Object v) { if ((ac & Opcodes.ACC_STATIC) == 0) flds.get(cn).add(new String[]{ n, ds, (ac & Opcodes.ACC_TRANSIENT) != 0 ? "t" : null }); return null; }
      @Override public MethodVisitor visitMethod(int ac, String n, String ds, String s, String[] e) { if ((ac & Opcodes.ACC_STATIC) == 0 && false || !ds.equals("()V")) return lineV(); return new MethodVisitor(Opcodes.ASM7) { int last = -1, k; 
        @Override public void visitInsn(int op) { last = op; } @Override public void visitIntInsn(int op, int v) { k = v; }
        @Override public void visitMethodInsn(int op, String o, String mn, String md, boolean i) { if (mn.equals("ensureTestContext") && last == Opcodes.ICONST_1 && (ac & Opcodes.ACC_STATIC) != 0) tests.add(new String[]{ cn, n }); } }; }
      MethodVisitor lineV() { return null; } }, 0);
  }
  static void test(String dir, String cls, String method) {
    Ldr l = new Ldr(); executed = 0; rt.Rt.mock = null; rt.Rt.log.setLength(0); String v = "PASS", why = "";
    rt.Rt.load = n -> { try { String m = map(n.replace('.', '/')); if (n.startsWith("java/")) m = n; return Class.forName(m.replace('/', '.'), true, l); } catch (ClassNotFoundException e) { return null; } };
    rt.Rt.fields = c -> { List<String[]> r = new ArrayList<>(); for (Class<?> k = c; k != null; k = k.getSuperclass()) { List<String[]> f = flds.get(k.getName().replace('.', '/')); if (f != null) r.addAll(0, f); } return r; };
    try { java.lang.reflect.Method m = Class.forName(cls.replace('/', '.'), true, l).getDeclaredMethod(method); m.setAccessible(true); m.invoke(null); }
    catch (Throwable e) { Throwable x = e instanceof java.lang.reflect.InvocationTargetException ? e.getCause() : e; if (x instanceof ExceptionInInitializerError q && q.getCause() != null) x = q.getCause();
      v = x instanceof Missing || x instanceof UnsupportedOperationException || x instanceof LinkageError ? "UNSUPPORTED" : "FAIL"; why = "\t" + String.valueOf(x).replace('\n', ' '); bad++; if (System.getenv("TRACE") != null) x.printStackTrace(); }
    System.out.println(v + " " + dir + "\t" + cls + "." + method + why);
    if (System.getenv("DEBUG") != null) System.out.println("STATEMENTS " + executed + " " + dir + "\t" + cls + "." + method);
    if (System.getenv("DEBUG") != null && rt.Rt.log.length() > 0) System.out.print(rt.Rt.log.toString().indent(2));
  }
}
